using System.Collections.Immutable;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Italy;

/// <summary>A comune and the trade that its small firms share.</summary>
/// <param name="Comune">ISTAT's code with IT before it.</param>
/// <param name="Place">As written in names of firms.</param>
/// <param name="Trade">Group of NACE Rev. 2.</param>
/// <param name="Exports">Whether most of it is sold abroad.</param>
internal sealed record District(string Comune, Place Place, string Trade, bool Exports = false)
{
    /// <summary>Twenty of Italy's; which the source counted is not known. Names and trades are real.</summary>
    public static ImmutableArray<District> All { get; } =
    [
        new("IT100005", new("普拉托", "Prato"), "NACE132", true),
        new("IT096004", new("比耶拉", "Biella"), "NACE131", true),
        new("IT013075", new("科莫", "Como"), "NACE132"),
        new("IT036005", new("卡尔皮", "Carpi"), "NACE143"),
        new("IT020015", new("卡斯泰尔戈弗雷多", "Castel Goffredo"), "NACE143"),
        new("IT026046", new("蒙特贝卢纳", "Montebelluna"), "NACE152", true),
        new("IT109006", new("费尔莫", "Fermo"), "NACE152"),
        new("IT050033", new("圣克罗切", "Santa Croce"), "NACE151"),
        new("IT024008", new("阿尔齐尼亚诺", "Arzignano"), "NACE151", true),
        new("IT064101", new("索洛夫拉", "Solofra"), "NACE151"),
        new("IT036040", new("萨索洛", "Sassuolo"), "NACE233", true),
        new("IT045003", new("卡拉拉", "Carrara"), "NACE237"),
        new("IT030055", new("曼扎诺", "Manzano"), "NACE310", true),
        new("IT023025", new("切雷亚", "Cerea"), "NACE310"),
        new("IT077014", new("马泰拉", "Matera"), "NACE310"),
        new("IT017096", new("卢梅扎内", "Lumezzane"), "NACE257"),
        new("IT025001", new("阿戈尔多", "Agordo"), "NACE325", true),
        new("IT051002", new("阿雷佐", "Arezzo"), "NACE321"),
        new("IT036022", new("米兰多拉", "Mirandola"), "NACE325"),
        new("IT042017", new("法布里亚诺", "Fabriano"), "NACE275"),
    ];
}
