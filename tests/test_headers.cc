// Only there to precompile what all tests read.
