//! Holds nothing: the comparison is the benchmark beside it.
