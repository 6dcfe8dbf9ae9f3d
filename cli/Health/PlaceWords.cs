namespace ClusterPulse.Cli.Health;

/// <summary>Places as people write them.</summary>
internal static class PlaceWords
{
    /// <summary><c>3205</c> is <c>regions/3205</c>; all else is a name already.</summary>
    public static string Name(string place) => place.Length > 0 && place.All(char.IsAsciiDigit) ? "regions/" + place : place;
}
