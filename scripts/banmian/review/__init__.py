"""What an editor should look at, as entries of editions.yml to complete: edition.db -> YAML.

order.py asks about readings of pages, identities.py about who is who.
"""
