from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import migrations


def make_key(apps, schema_editor):
    """The site's key pair, made once: every device's registration will name it."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    apps.get_model("push", "SigningKey").objects.create(
        private_pem=pem.decode(), public=urlsafe_b64encode(point).rstrip(b"=").decode()
    )


class Migration(migrations.Migration):

    dependencies = [
        ("push", "0001_devices_and_alerts"),
    ]

    operations = [
        migrations.RunPython(make_key, migrations.RunPython.noop),
    ]
