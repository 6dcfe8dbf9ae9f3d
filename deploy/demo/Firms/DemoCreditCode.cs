using System.Globalization;
using ClusterPulse.Reference;

namespace ClusterPulse.Demo.Firms;

/// <summary>
/// Issues unified social credit codes (GB 32100-2015) with both check characters right. The organisation part begins with
/// YD, while real ones begin with digits or MA: no code should ever meet a real enterprise.
/// </summary>
internal static class DemoCreditCode
{
    public static string Issue(string authority, int serial)
    {
        var organisation = "YD" + serial.ToString("000000", CultureInfo.InvariantCulture);
        var body = "91" + authority + organisation + CreditCode.OrganisationDigit(organisation);
        return body + CreditCode.CheckCharacter(body);
    }
}
