using System.Text.RegularExpressions;

namespace ClusterPulse.Gateway.OpenApi;

/// <summary>
/// A path of google.api.http as OpenAPI writes it. A variable of the former can hold several segments
/// (<c>/v1/{name=regions/*}/health</c>), one of the latter only one (<c>/v1/regions/{region}/health</c>).
/// </summary>
internal sealed partial record PathTemplate(string Path, IReadOnlyList<string> Parameters, IReadOnlyList<string> Fields)
{
    /// <param name="pattern">As annotated.</param>
    /// <returns>Path, names of its parameters, and fields of the request that the path gives, such as <c>rival_set.name</c>.</returns>
    public static PathTemplate Of(string pattern)
    {
        var (parameters, fields) = (new List<string>(), new List<string>());
        var path = Variable().Replace(pattern, variable =>
        {
            var field = variable.Groups["field"].Value;
            fields.Add(field);
            if (!variable.Groups["segments"].Success)
                return Parameter(field);
            var segments = variable.Groups["segments"].Value.Split('/');
            return string.Join('/', segments.Select((s, i) => s is "*" or "**" ? Parameter(i == 0 ? field : Singular(segments[i - 1])) : s));
        });
        return new(path, parameters, fields);

        string Parameter(string name)
        {
            var unique = name;
            for (var n = 2; parameters.Contains(unique); n++)
                unique = name + n;
            parameters.Add(unique);
            return $"{{{unique}}}";
        }
    }

    /// <summary>A collection's resource: <c>alertPolicies</c> has <c>alertPolicy</c>.</summary>
    private static string Singular(string collection) => collection switch
    {
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.. var stem, 'c', 'h', 'e', 's'] => stem + "ch",
        [.. var stem, 's'] => stem,
        _ => collection,
    };

    [GeneratedRegex(@"\{(?<field>[^=}]+)(=(?<segments>[^}]+))?\}")]
    private static partial Regex Variable();
}
