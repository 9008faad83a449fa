public import ArgumentParser
public import Reference
public import Rules

// Words of other rooms that can stand on a command line.
extension FileFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
