using ClusterPulse.Ingest;
using ClusterPulse.Reference;

namespace ClusterPulse.Validation;

/// <summary>Names of enterprises: <c>{scheme}-{code}</c>, with or without <c>enterprises/</c> before it.</summary>
public static class EnterpriseName
{
    private const string Prefix = "enterprises/";

    /// <summary>The id in its one spelling, and what is wrong or odd about it (a reason's name), if anything.</summary>
    public static (string? Id, string? Reason) Parse(string name)
    {
        var id = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        var at = id.IndexOf('-', StringComparison.Ordinal);
        if (at < 0)
            return (null, Reasons.MalformedName);
        var code = id.AsSpan(at + 1);
        return id.AsSpan(0, at) switch
        {
            "uscc" => CreditCodeName(id, code),
            "org" => IsCode(code, 9) ? (Upper(id, at), null) : (null, Reasons.MalformedName),
            "piva" => PartitaIvaName(id, code),
            "lei" => IsCode(code, 20) ? (Upper(id, at), null) : (null, Reasons.MalformedName),
            _ => (null, Reasons.MalformedName),
        };
    }

    private static (string?, string?) CreditCodeName(string id, ReadOnlySpan<char> code)
    {
        const int Scheme = 4;
        var folded = Upper(id, Scheme);
        return CreditCode.Check(folded.AsSpan(Scheme + 1)) switch
        {
            CreditCodeCheck.Valid => (folded, null),
            CreditCodeCheck.BadOrganisationDigit => (folded, Reasons.BadOrganisationDigit),
            CreditCodeCheck.BadCheckCharacter => (null, Reasons.BadCheckCharacter),
            _ => (null, Reasons.MalformedCreditCode),
        };
    }

    private static (string?, string?) PartitaIvaName(string id, ReadOnlySpan<char> code) => PartitaIva.Check(code) switch
    {
        PartitaIvaCheck.Valid => (id, null),
        PartitaIvaCheck.BadCheckDigit => (null, Reasons.BadPartitaIvaDigit),
        _ => (null, Reasons.MalformedPartitaIva),
    };

    /// <summary>The scheme of a parsed id.</summary>
    public static string Scheme(string id) => id[..id.IndexOf('-', StringComparison.Ordinal)];

    private static bool IsCode(ReadOnlySpan<char> code, int length)
    {
        if (code.Length != length)
            return false;
        foreach (var c in code)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        }
        return true;
    }

    /// <summary>Lower case is accepted and folded; most names are in upper case already.</summary>
    private static string Upper(string id, int scheme)
    {
        var code = id.AsSpan(scheme + 1);
        return code.ContainsAnyInRange('a', 'z') ? string.Concat(id.AsSpan(0, scheme + 1), id[(scheme + 1)..].ToUpperInvariant()) : id;
    }
}
