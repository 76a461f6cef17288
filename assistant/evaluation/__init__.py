"""Question sets, measures, reports and benchmarks."""
