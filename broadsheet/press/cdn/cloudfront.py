"""CloudFront: invalidations by cache tag or by path (API 2020-05-31, CreateInvalidation), through botocore."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.sending import SECONDS
from broadsheet.press.cdn.values import LIFE_SECONDS, SITE, STALE_SECONDS, Headers
from broadsheet.press.errors import CdnBusy, CdnRefused

LATER = {"TooManyInvalidationsInProgress", "Throttling", "ThrottlingException", "RequestLimitExceeded"}


@dataclass(frozen=True, kw_only=True)
class CloudFront:
    """A CloudFront distribution. Credentials come as AWS's own tools find them: environment, profile, instance role."""

    distribution: str
    """Its id."""
    by_address: bool = True
    """Invalidate paths; otherwise tags, which the distribution's CacheTagConfig must read from ``Cache-Tag``."""
    api: str = ""
    """Where its interface is; empty means AWS's own."""

    batch: ClassVar[int] = 1000
    echoes: ClassVar[bool] = False  # an invalidation takes effect over a minute or so, and each path is charged for

    def marks(self, key: str) -> Headers:
        return () if self.by_address else (("Cache-Tag", f"{key},{SITE}"),)

    def life(self) -> Headers:
        # It reads no header of its own, so what all shared caches read must say it.
        return (("Cache-Control", f"public, max-age=0, s-maxage={LIFE_SECONDS}, stale-if-error={STALE_SECONDS}"),)

    def purge(self, paths: Sequence[str]) -> None:
        self._purge([path if self.by_address else f"#{key_of(path)}" for path in paths])

    def purge_everything(self) -> None:
        self._purge(["/*"])  # one path, however many pages

    def _purge(self, items: list[str]) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        where = f"CloudFront distribution {self.distribution}"
        batch = {"Paths": {"Quantity": len(items), "Items": items}, "CallerReference": uuid.uuid4().hex}
        try:
            self._client.create_invalidation(DistributionId=self.distribution, InvalidationBatch=batch)
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if error.response.get("Error", {}).get("Code") in LATER or status in {429} or status >= 500:
                raise CdnBusy(url=where, cause=str(error), pause=60.0) from error
            raise CdnRefused(url=where, cause=str(error)) from error
        except BotoCoreError as error:
            raise CdnBusy(url=where, cause=str(error)) from error

    @cached_property
    def _client(self) -> Any:
        from botocore.config import Config
        from botocore.session import get_session

        # Retries are the courier's, who remembers them.
        config = Config(connect_timeout=SECONDS, read_timeout=SECONDS, retries={"total_max_attempts": 1})
        return get_session().create_client(
            "cloudfront", region_name="us-east-1", endpoint_url=self.api or None, config=config
        )
