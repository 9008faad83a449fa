internal import Documents

extension TapeValue {
    /// Whether an array has an element that is equal to a value.
    func hasElement(_ value: TapeValue) -> Bool {
        var elements = children
        while let element = elements.next() {
            if element.equals(value) { return true }
        }
        return false
    }

    /// The element of an array at a position.
    func element(_ index: Int) -> TapeValue? {
        var elements = children
        var position = 0
        while let element = elements.next() {
            if position == index { return element }
            position += 1
        }
        return nil
    }

    /// Whether all elements of an array are elements of another.
    func areElements(of other: TapeValue) -> Bool {
        var elements = children
        while let element = elements.next() {
            if !other.hasElement(element) { return false }
        }
        return true
    }

    func sharesElement(with other: TapeValue) -> Bool {
        var elements = children
        while let element = elements.next() {
            if other.hasElement(element) { return true }
        }
        return false
    }

    /// Whether something in the value could not be read.
    var hidesSomething: Bool {
        switch kind {
        case .hidden: return true
        case .array:
            var elements = children
            while let element = elements.next() {
                if element.hidesSomething { return true }
            }
            return false
        case .object:
            var members = children
            while members.next() != nil, let value = members.next() {
                if value.hidesSomething { return true }
            }
            return false
        default: return false
        }
    }
}
