"""Printed sheets; the only package that touches reportlab."""
