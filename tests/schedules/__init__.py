"""Random deliveries: bundles of invented desks, in any order, lost, doubled, cut short, interrupted."""
