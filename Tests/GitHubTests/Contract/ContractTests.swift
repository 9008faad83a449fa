import Testing

/// Tests against the contract server. They share one, so they take turns.
@Suite(.serialized) enum ContractTests {}
