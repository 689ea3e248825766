"""Who is who: which of several an article means, who may be one, and what an editor decided."""
