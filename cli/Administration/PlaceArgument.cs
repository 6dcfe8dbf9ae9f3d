using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Administration;

/// <summary>A region or estate, or everything.</summary>
internal static class PlaceArgument
{
    /// <summary>One that must be named.</summary>
    public static Argument<string> Required() => new("place")
    {
        Description = Words.Of(
            "regions/{区划代码}，如 regions/3205（苏州），或 estates/{园区}", "regions/{code}, such as regions/3205 (Suzhou), or estates/{id}"),
    };

    /// <summary>One that may be left out, and what that means.</summary>
    public static Argument<string> Create(string nothingZh, string nothing) => new("place")
    {
        Description = Words.Of(
            $"regions/{{区划代码}}，如 regions/3205（苏州），或 estates/{{园区}}；{nothingZh}", $"regions/{{code}}, such as regions/3205 (Suzhou), or estates/{{id}}; {nothing}"),
        DefaultValueFactory = _ => "",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>As it stands in a sentence.</summary>
    public static string Said(string place) => place.Length == 0 ? Words.Of("全部", "everything") : place;

    public static CommandFailure Unknown(string place) => new(
        Words.Of($"服务器没有地区“{place}”。", $"The server knows no place '{place}'."),
        Words.Of(
            "区域写作 regions/ 加行政区划代码，如苏州为 regions/3205；园区写作 estates/ 加登记时的标识。",
            "A region is regions/ and its division code (行政区划代码), such as regions/3205 for Suzhou (苏州); an estate (园区) is estates/ and the id it was registered with."));
}
