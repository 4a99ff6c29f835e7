"""The theoretical analysis of a case, before any talks are played."""
