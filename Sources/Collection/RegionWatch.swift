internal import AWS
public import Resources
internal import Synchronization

/// Sees what comes of the calls in each region, and tells which regions are off as a whole.
final class RegionWatch: Sendable {
    private struct Region {
        /// Something other than the codes below came back.
        var isOn = false
        var refusals: Set<String> = []
        var denials: Set<String> = []
    }

    /// How services refuse credentials in a region that the account has not enabled.
    private static let refusals: Set<String> = [
        "AuthFailure", "InvalidClientTokenId", "OptInRequired", "UnrecognizedClientException",
    ]

    /// What says nothing of the region.
    private static let neutral: Set<AWSError.Code> = [
        .noEndpoint, .hostNotFound, .networkFailure, .requestTimeout, .tlsFailure, .slowResponse, .callDeadline,
        .tenantDeadline, .cancelled, .invalidInput,
    ]

    private let regions = Mutex<[String: Region]>([:])

    /// Takes note of a call that was made in a region of its own; those to the global region say nothing of that one.
    func saw(_ error: AWSError?, in region: String) {
        regions.withLock { regions in
            guard let error else {
                regions[region, default: Region()].isOn = true
                return
            }
            if Self.neutral.contains(error.code) { return }
            if Self.refusals.contains(error.code.rawValue) {
                regions[region, default: Region()].refusals.insert(error.code.rawValue)
            } else if error.kind == .denied {
                regions[region, default: Region()].denials.insert(error.code.rawValue)
            } else {
                regions[region, default: Region()].isOn = true
            }
        }
    }

    /// The regions that are off, each with the codes that are the sign of it.
    var off: [String: RegionOff] {
        regions.withLock { regions in
            regions.compactMapValues { region in
                if region.isOn { return nil }
                if !region.refusals.isEmpty, region.denials.isEmpty {
                    return RegionOff(state: .notEnabled, codes: region.refusals)
                }
                let denial = AWSError.Code.deniedByServiceControlPolicy.rawValue
                guard region.refusals.isEmpty, region.denials.contains(denial) else { return nil }
                return RegionOff(state: .denied, codes: [denial])
            }
        }
    }
}

/// A region in which no call succeeded, for one reason.
public struct RegionOff: Sendable, Hashable {
    public var state: RegionState
    /// The codes with which services said so.
    public var codes: Set<String>
}

extension Snapshot {
    /// With one code instead of many where a region is off as a whole.
    func naming(_ off: [String: RegionOff]) -> Snapshot {
        guard !off.isEmpty else { return self }
        func named(_ code: String, _ region: String) -> String {
            guard let off = off[region], off.codes.contains(code) else { return code }
            return off.state.rawValue
        }
        return Snapshot(
            account: account, partition: partition, regions: regions, collectedAt: collectedAt, types: types,
            gaps: gaps.map { gap in
                var gap = gap
                gap.code = named(gap.code, gap.region)
                return gap
            },
            resources: resources.values.joined().map { resource in
                guard off[resource.region] != nil else { return resource }
                var resource = resource
                resource.uncollected = resource.uncollected.mapValues { named($0, resource.region) }
                return resource
            })
    }
}
