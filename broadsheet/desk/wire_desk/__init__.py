"""The wire desk: the queue of reports, their preview, and what an editor does with them."""
