import AWSModels
import Documents
import Foundation

/// The suites write blobs as plain text and moments as seconds; Parapet's JSON has base 64 and ISO 8601.
struct SuiteValues {
    let model: ServiceModel

    func canonical(_ value: JSON, _ shape: Int?) -> JSON {
        guard let shape else { return value }
        return canonical(value, ShapeReference(shape: shape))
    }

    private func canonical(_ value: JSON, _ reference: ShapeReference) -> JSON {
        if value.isNull { return value }
        switch model.shape(reference) {
        case .structure(let structure):
            guard let object = value.object else { return value }
            var result: JSONObject = [:]
            for (key, item) in object {
                if item.isNull { continue }
                result[key] = structure.member(key).map { canonical(item, $0.reference) } ?? item
            }
            return .object(result)
        case .list(let element): return .array((value.array ?? []).map { canonical($0, element) })
        case .map(_, let item):
            return .object(JSONObject((value.object ?? [:]).map { ($0.key, canonical($0.value, item)) }))
        case .blob: return .string(Data((value.string ?? "").utf8).base64EncodedString())
        case .timestamp:
            guard let seconds = value.number, let moment = Timestamp(epochSeconds: seconds) else { return value }
            return .string(moment.description)
        default: return value
        }
    }
}
