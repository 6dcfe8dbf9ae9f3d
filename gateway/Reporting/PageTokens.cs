using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>Tokens that say where a list goes on: parts joined by slashes.</summary>
internal static class PageTokens
{
    private const int UsualPage = 100;
    private const int LongestPage = 1_000;

    /// <summary>Rows of a page: 100 unless given, never more than 1,000.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is negative.</exception>
    public static int Size(int asked) => asked switch
    {
        < 0 => throw RichErrors.Invalid(new Violation("page_size", asked.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds)),
        0 => UsualPage,
        _ => Math.Min(asked, LongestPage),
    };

    public static string Of(params ReadOnlySpan<object> parts)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            texts[i] = Convert.ToString(parts[i], CultureInfo.InvariantCulture)!;
        return string.Join('/', texts);
    }

    /// <summary>The parts of a token; null where there is none.</summary>
    /// <exception cref="Grpc.Core.RpcException">It has another number of parts.</exception>
    public static string[]? Parse(string token, int parts)
    {
        if (token.Length == 0)
            return null;
        var found = token.Split('/');
        // A store's text has no room for the character zero.
        return found.Length == parts && !token.Contains('\0') ? found : throw Malformed(token);
    }

    /// <exception cref="Grpc.Core.RpcException">It is not a number of this range.</exception>
    public static long Number(string token, string part, long most = long.MaxValue) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : throw Malformed(token);

    private static Grpc.Core.RpcException Malformed(string token) => RichErrors.Invalid(new Violation("page_token", token, Reasons.MalformedToken));
}
