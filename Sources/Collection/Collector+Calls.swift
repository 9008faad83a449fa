internal import AWS
internal import Documents
internal import Resources

extension Collector {
    /// Makes a call; its input comes from the items, the innermost first.
    func answer(_ call: Manifest.Call, items: [JSON], region: String) async -> Result<JSON, AWSError> {
        let hasRegion = call.scope == .regional && region != "global" && region != "unknown"
        let place = hasRegion ? region : target.globalRegion
        var input = JSON.object(JSONObject(call.fixed.map { ($0.key, filled($0.value, region: place)) }))
        for member in call.input {
            guard let value = items.lazy.compactMap({ member.path.value(in: $0) }).first else {
                return .failure(
                    AWSError(
                        .invalidInput, "there is no `\(member.path)` to call with", kind: .invalid,
                        service: call.service, operation: call.operation, region: region))
            }
            input = input.setting(member.member[...], to: member.isList ? .array([value]) : value)
        }
        if let preparation = call.after, let error = await prepare(preparation, region: place) {
            progress.failed(error)
            if hasRegion { watch.saw(error, in: place) }
            return .failure(error)
        }
        let result = await calls.answer(call.service, call.operation, input, region: place)
        if hasRegion { watch.saw(result.failure, in: place) }
        if case .failure(let error) = result, !call.absent.contains(error.code.rawValue) { progress.failed(error) }
        return result
    }

    /// Text that names the account, the region or the partition, filled in.
    private func filled(_ value: JSON, region: String) -> JSON {
        switch value {
        case .string("{account}"): .string(target.account)
        case .string("{region}"): .string(region)
        case .string("{partition}"): .string(target.partition)
        case .array(let elements): .array(elements.map { filled($0, region: region) })
        case .object(let object): .object(JSONObject(object.map { ($0.key, filled($0.value, region: region)) }))
        default: value
        }
    }

    /// Asks until something is ready. Returns why it is not.
    private func prepare(_ preparation: Manifest.Preparation, region: String) async -> AWSError? {
        await calls.prepared(preparation.name, region: region) {
            for _ in 0..<Self.mostPreparations {
                switch await calls.answer(preparation.service, preparation.operation, .object([:]), region: region) {
                case .failure(let error): return error
                case .success(let answer): if preparation.until.fits([answer]) { return nil }
                }
                guard (try? await Task.sleep(for: Self.pauseOfPreparations)) != nil else { break }
            }
            return AWSError(
                .notReady, "it was not ready in time", kind: .service, service: preparation.service,
                operation: preparation.operation, region: region)
        }
    }

    private static let mostPreparations = 60
    private static let pauseOfPreparations = Duration.seconds(1)
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}

extension JSON {
    /// With a member set, structures on the way made where they are missing.
    fileprivate func setting(_ path: ArraySlice<String>, to value: JSON) -> JSON {
        guard let first = path.first else { return value }
        var object = self.object ?? JSONObject()
        object[first] = (object[first] ?? .object([:])).setting(path.dropFirst(), to: value)
        return .object(object)
    }
}
