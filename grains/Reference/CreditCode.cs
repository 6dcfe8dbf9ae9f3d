namespace ClusterPulse.Reference;

/// <summary>What the check of a unified social credit code found.</summary>
public enum CreditCodeCheck
{
    /// <summary>Form and both check characters are right.</summary>
    Valid,

    /// <summary>Not 18 characters of the standard's 31. An error.</summary>
    BadForm,

    /// <summary>The last character (mod 31) does not fit the others. An error.</summary>
    BadCheckCharacter,

    /// <summary>
    /// Only the digit of the organisation code inside (mod 11) does not fit. A warning: such codes have been issued.
    /// </summary>
    BadOrganisationDigit,
}

/// <summary>Checks unified social credit codes (GB 32100-2015) and the organisation codes within (GB 11714-1997).</summary>
public static class CreditCode
{
    private const int Length = 18;
    private const int OrganisationStart = 8;
    private const int OrganisationLength = 8;

    // No I, O, S, V, Z: they are taken for 1, 0, 5, U, 2.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static ReadOnlySpan<byte> Weights => [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private static ReadOnlySpan<byte> OrganisationWeights => [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Checks a code; lower case counts as upper case.</summary>
    public static CreditCodeCheck Check(ReadOnlySpan<char> code)
    {
        if (code.Length != Length || !IsOfAlphabet(code))
            return CreditCodeCheck.BadForm;
        if (CheckCharacter(code[..^1]) != Upper(code[^1]))
            return CreditCodeCheck.BadCheckCharacter;

        var organisation = code.Slice(OrganisationStart, OrganisationLength);
        return OrganisationDigit(organisation) == Upper(code[OrganisationStart + OrganisationLength])
            ? CreditCodeCheck.Valid
            : CreditCodeCheck.BadOrganisationDigit;
    }

    /// <summary>The 18th character that belongs to the first 17.</summary>
    /// <exception cref="ArgumentException">Not 17 characters of the standard's alphabet.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        if (first17.Length != Weights.Length || !IsOfAlphabet(first17))
            throw new ArgumentException($"Needs {Weights.Length} characters of {Alphabet}.", nameof(first17));

        var sum = 0;
        for (var i = 0; i < first17.Length; i++)
            sum += ValueOf(first17[i]) * Weights[i];
        return Alphabet[(31 - sum % 31) % 31];
    }

    /// <summary>The check digit, 0 to 9 or X, that belongs to the 8 characters of an organisation code.</summary>
    /// <exception cref="ArgumentException">Not 8 digits or Latin letters.</exception>
    public static char OrganisationDigit(ReadOnlySpan<char> first8)
    {
        if (first8.Length != OrganisationLength)
            throw new ArgumentException($"Needs {OrganisationLength} characters.", nameof(first8));

        var sum = 0;
        for (var i = 0; i < first8.Length; i++)
            sum += OrganisationValueOf(first8[i]) * OrganisationWeights[i];
        return (11 - sum % 11) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }

    private static bool IsOfAlphabet(ReadOnlySpan<char> code)
    {
        foreach (var character in code)
        {
            if (ValueOf(character) < 0)
                return false;
        }

        return true;
    }

    private static int ValueOf(char character) => Alphabet.IndexOf(Upper(character), StringComparison.Ordinal);

    // GB 11714 is older than the 31 characters and counts on the full Latin alphabet, A = 10 to Z = 35.
    private static int OrganisationValueOf(char character) => Upper(character) switch
    {
        >= '0' and <= '9' and var digit => digit - '0',
        >= 'A' and <= 'Z' and var letter => letter - 'A' + 10,
        _ => throw new ArgumentException("An organisation code has digits and Latin letters only."),
    };

    // Not ToUpperInvariant: only ASCII letters are letters here.
    private static char Upper(char character) => char.IsAsciiLetterLower(character) ? (char)(character - 'a' + 'A') : character;
}
