using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.Demo.Firms;
using ClusterPulse.Reference;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Italy;

/// <summary>What an Italian firm of the demo amounts to.</summary>
/// <param name="Persons">Employed in the last month.</param>
/// <param name="MonthlyOutput">Euro cents of an average month at the start.</param>
/// <param name="ExportShare">Exports by output, parts per million.</param>
internal readonly record struct FirmScale(int Persons, long MonthlyOutput, int ExportShare);

/// <summary>
/// Makes Italian firms with rising serials. Their Partita IVA has a right check digit, but names the office 998, which issues none:
/// no number should ever meet a real enterprise.
/// </summary>
internal sealed class ItalianFirms(int firstSerial)
{
    private const string NoOffice = "998";

    private int serial = firstSerial;

    private static ImmutableArray<(string Zh, string En)> First { get; } =
    [
        ("阿尔", "Al"), ("贝尔", "Bel"), ("科尔", "Cor"), ("达尔", "Dal"), ("埃尔", "El"), ("菲尔", "Fil"), ("加尔", "Gal"), ("伊尔", "Il"),
        ("拉", "La"), ("马尔", "Mar"), ("内尔", "Ner"), ("奥尔", "Or"), ("帕尔", "Par"), ("里", "Ri"), ("萨尔", "Sal"), ("泰尔", "Ter"),
        ("乌尔", "Ul"), ("瓦尔", "Val"), ("维", "Vi"), ("泽", "Ze"),
    ];

    private static ImmutableArray<(string Zh, string En)> Second { get; } =
    [
        ("贝托", "betto"), ("比诺", "bino"), ("卡迪", "cadi"), ("代拉", "della"), ("多诺", "dono"), ("法诺", "fano"), ("加托", "gatto"),
        ("利亚", "lia"), ("洛蒂", "lotti"), ("马诺", "mano"), ("米诺", "mino"), ("纳里", "nari"), ("奈塔", "netta"), ("帕尼", "pani"),
        ("佩罗", "pero"), ("拉迪", "radi"), ("雷诺", "reno"), ("罗尼", "roni"), ("桑托", "santo"), ("西诺", "sino"), ("塔诺", "tano"),
        ("泰洛", "tello"), ("托里", "tori"), ("瓦洛", "valo"), ("维托", "vito"),
    ];

    public Firm Create(Place place, FirmProfile profile, FirmScale scale, string investor = "")
    {
        var index = serial++;
        return new Firm(index, $"piva-{Number(index)}", Name(index, place, profile.Industry), profile)
        {
            Growth = Growth.District,
            Currency = "EUR",
            Investor = investor,
            Punctual = true,
            Persons = scale.Persons,
            MonthlyOutput = scale.MonthlyOutput,
            ExportShare = scale.ExportShare,
        };
    }

    private static string Number(int index)
    {
        var body = index.ToString("0000000", CultureInfo.InvariantCulture) + NoOffice;
        return body + PartitaIva.CheckDigit(body);
    }

    private static BilingualName Name(int index, Place place, string industry)
    {
        // 7 has no divisor in common with 20 x 25: every pair comes once.
        var pair = index * 7 % (First.Length * Second.Length);
        var (first, second) = (First[pair / Second.Length], Second[pair % Second.Length]);
        var (zh, en) = Trade(industry);
        return new BilingualName
        {
            Zh = $"{place.Zh}{first.Zh}{second.Zh}{zh}有限责任公司（演示）",
            En = $"{first.En}{second.En} {en} {place.En} S.r.l. (demo)",
        };
    }

    private static (string Zh, string En) Trade(string industry) => IndustryScheme.Division(industry) switch
    {
        "NACE13" => ("纺织", "Tessitura"),
        "NACE14" => ("针织", "Maglificio"),
        "NACE15" => industry == "NACE152" ? ("制鞋", "Calzature") : ("制革", "Conceria"),
        "NACE23" => industry == "NACE237" ? ("石材", "Marmi") : ("陶瓷", "Ceramiche"),
        "NACE25" => ("五金", "Metalli"),
        "NACE27" => ("电器", "Elettrodomestici"),
        "NACE28" => ("机械", "Macchine"),
        "NACE31" => ("家具", "Mobili"),
        "NACE32" => industry == "NACE321" ? ("金饰", "Oreficeria") : ("光学医疗", "Ottica"),
        "NACE46" => ("贸易", "Commercio"),
        _ => ("服务", "Servizi"),
    };
}
