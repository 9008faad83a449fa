internal import AWS
internal import Documents
internal import Resources

extension Collector {
    /// Makes a call; its input comes from the items, the innermost first.
    func answer(_ call: Manifest.Call, items: [JSON], region: String) async -> Result<JSON, AWSError> {
        let hasRegion = call.scope == .regional && region != "global" && region != "unknown"
        let place = hasRegion ? region : call.home[target.partition] ?? target.globalRegion
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
        if case .failure(let error) = result, !call.isAbsent(error) { progress.failed(error) }
        return result
    }

    /// A value of the item, or of an item around it, or text with the account, the region or the partition in it.
    func value(of template: Template, items: [JSON], region: String) -> JSON? {
        func member(_ place: String) -> JSON? {
            let path = ValuePath(place)
            return items.lazy.compactMap { path.value(in: $0) }.first
        }
        if template.parts.count == 1, let place = template.places.first, let value = member(place) { return value }
        return template.filled { place in
            switch place {
            case "partition": target.partition
            case "account": target.account
            case "region": region
            default: member(place)?.string
            }
        }.map { .string($0) }
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
                let (service, operation) = (preparation.service, preparation.operation)
                switch await calls.newAnswer(service, operation, .object([:]), region: region) {
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

extension Manifest.Call {
    /// Whether an error means that there is nothing.
    func isAbsent(_ error: AWSError) -> Bool {
        absent.contains { absence in
            guard absence.code.hasSameBytes(as: error.code.rawValue) else { return false }
            return absence.message.map { error.message.utf8.contains(Array($0.utf8)) } ?? true
        }
    }
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
