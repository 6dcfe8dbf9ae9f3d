using ClusterPulse.Aggregation;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>A country of two localities with two counties each, and an estate in one county of each.</summary>
internal sealed class TwoLocalities : IGeography
{
    public static readonly string[] Counties = ["0101", "0102", "0201", "0202"];
    public static readonly string[] Estates = ["east", "west"];

    public string? Locality(string region) => region.Length >= 2 && region != "CN" ? region[..2] : null;

    public int Level(string region) => region == "CN" ? 1 : region.Length == 2 ? 3 : 4;

    public string? EstateRegion(string estate) => estate switch
    {
        "east" => "0101",
        "west" => "0202",
        _ => null,
    };

    public IReadOnlyList<string> Path(string place)
    {
        if (Places.IsEstate(place))
            return [place];
        var code = Places.Code(place);
        if (code == "CN")
            return [place];
        return code.Length == 4 ? [place, Places.Region(code[..2]), Places.Region("CN")] : [place, Places.Region("CN")];
    }
}
