"""The demo: the page of the old portal, expressed in the product, made by its accounts through the workflow."""
