using System.CommandLine;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Administration;

/// <summary>A region or estate, or everything.</summary>
internal static class PlaceArgument
{
    public static Argument<string> Create(string nothing) => new("place")
    {
        Description = $"regions/{{code}}, such as regions/3205 (苏州 Suzhou), or estates/{{id}}; {nothing}",
        DefaultValueFactory = _ => "",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>As it stands in a sentence.</summary>
    public static string Words(string place) => place.Length == 0 ? "everything" : place;

    public static CommandFailure Unknown(string place) => new(
        $"The server knows no place '{place}'.",
        "A region is regions/ and its division code (行政区划代码), such as regions/3205 for Suzhou (苏州); an estate (园区) is estates/ and the id it was registered with.");
}
