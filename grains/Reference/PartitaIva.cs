namespace ClusterPulse.Reference;

/// <summary>What the check of a Partita IVA found.</summary>
public enum PartitaIvaCheck
{
    /// <summary>Form and check digit are right.</summary>
    Valid,

    /// <summary>Not 11 digits. An error.</summary>
    BadForm,

    /// <summary>The last digit does not fit the others. An error.</summary>
    BadCheckDigit,
}

/// <summary>Checks Italy's VAT numbers: seven digits of the enterprise, three of the office that issued it, and a check digit after
/// Luhn (decree of 23 December 1976).</summary>
public static class PartitaIva
{
    private const int Length = 11;

    /// <summary>Checks a number without the country's letters.</summary>
    public static PartitaIvaCheck Check(ReadOnlySpan<char> code)
    {
        // Eleven noughts fit the check digit, but are nobody's.
        if (code.Length != Length || code.ContainsAnyExceptInRange('0', '9') || !code.ContainsAnyExcept('0'))
            return PartitaIvaCheck.BadForm;
        return CheckDigit(code[..^1]) == code[^1] ? PartitaIvaCheck.Valid : PartitaIvaCheck.BadCheckDigit;
    }

    /// <summary>The 11th digit that belongs to the first ten.</summary>
    /// <exception cref="ArgumentException">Not ten digits.</exception>
    public static char CheckDigit(ReadOnlySpan<char> first10)
    {
        if (first10.Length != Length - 1 || first10.ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentException($"Needs {Length - 1} digits.", nameof(first10));

        var sum = 0;
        for (var i = 0; i < first10.Length; i++)
        {
            var digit = first10[i] - '0';
            var doubled = 2 * digit;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
