"""The folder of a sweep: rows in Parquet, manifest, provenance, and one writer."""
