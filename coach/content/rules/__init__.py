"""Rules an authored file keeps beyond its shape. Each reads the file as it stands and reports all it finds."""
