internal import Resources

/// Finds places of a command's template that stand within quotes. What is filled in is a quoted word already: within
/// quotes it would end them, and the name of a resource would be read as code.
struct QuotedPlaces {
    /// Places within quotes, or behind a backslash.
    private(set) var places: [String] = []
    /// Whether the text ends within quotes.
    var staysOpen: Bool { quote != nil || isEscaped }

    private var quote: Unicode.Scalar?
    private var isEscaped = false

    /// `quotes` are the language's: both for a shell, the double quote for Terraform.
    init(in template: Template, quotes: [Unicode.Scalar]) {
        for part in template.parts {
            switch part {
            case .place(let name): if staysOpen { places.append(name) }
            case .text(let text): for scalar in text.unicodeScalars { step(scalar, quotes) }
            }
        }
    }

    private mutating func step(_ scalar: Unicode.Scalar, _ quotes: [Unicode.Scalar]) {
        if isEscaped {
            isEscaped = false
        } else if scalar == "\\", quote != "'" {
            isEscaped = true
        } else if scalar == quote {
            quote = nil
        } else if quote == nil, quotes.contains(scalar) {
            quote = scalar
        }
    }
}
