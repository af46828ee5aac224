"""The pages, one file each: TITLE names its tab, LINK its link in the bar (or none), PLACE its place there."""
