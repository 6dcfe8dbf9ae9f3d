using System.Text;
using ClusterPulse.Cli.Registry;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.UnitTests.Cli.Registry;

public sealed class EnterpriseRowsTests : IDisposable
{
    private readonly FileInfo _file = new(Path.GetTempFileName());

    public void Dispose() => _file.Delete();

    [Theory]
    [InlineData("utf-8", "企业代码,生效月份,区划代码,行业代码,登记注册类型,企业规模,企业名称")]
    [InlineData("GB18030", "企业代码,生效月份,区划代码,行业代码,登记注册类型,企业规模,企业名称")]
    [InlineData("utf-8", "enterprise,valid_from,region,industry,ownership,size,name_zh")]
    public void Headers_are_read_in_both_languages_and_encodings(string encoding, string header)
    {
        var change = Assert.Single(Read(encoding, header, "12345678-9,2004年1月,320502,391,外商投资,大型,苏州电子").Changes);

        Assert.Null(change.UpdateMask);
        Assert.Equal(
            new Enterprise
            {
                Name = "enterprises/org-123456789", ValidFrom = "2004-01", Region = "320502", Industry = "391", Ownership = Ownership.Foreign,
                Size = EnterpriseSize.Large, DisplayName = new() { Zh = "苏州电子" },
            },
            change.Enterprise);
    }

    [Fact]
    public void A_change_takes_over_only_the_cells_that_say_something()
    {
        var change = Assert.Single(Read("utf-8", "变更类型,企业代码,生效月份,区划代码,园区,行业代码", "迁移,org-A1,2004-06,320505,-,").Changes);

        Assert.Equal(["region", "estate"], change.UpdateMask.Paths);
        Assert.Equal(("320505", ""), (change.Enterprise.Region, change.Enterprise.Estate));
    }

    [Fact]
    public void A_closure_and_a_merger_close()
    {
        var changes = Read("utf-8", "change,enterprise,valid_from,successor", "close,org-A1,2004-06,", "merge,org-A2,2004-06,org-A3").Changes;

        Assert.All(changes, c => Assert.True(c.Enterprise.Closed));
        Assert.All(changes, c => Assert.Equal(["closed", "successor"], c.UpdateMask.Paths.Order()));
        Assert.Equal(["", "enterprises/org-A3"], changes.Select(c => c.Enterprise.Successor));
    }

    [Theory]
    [InlineData("moved,org-A1,2004-06,,foreign", "变更类型", "moved", "UNKNOWN_WORD")]
    [InlineData("merge,org-A1,2004-06,,", "承接企业", "", "MISSING_FIELD")]
    [InlineData(",org-A1,2004-06,,alien", "登记注册类型", "alien", "UNKNOWN_OWNERSHIP")]
    public void What_is_wrong_is_named_by_line_column_and_value(string row, string column, string value, string reason)
    {
        var problem = Assert.Single(Read("utf-8", "变更类型,企业代码,生效月份,承接企业,登记注册类型", row).Problems);

        Assert.Equal((2, column, value, reason), (problem.Line, problem.Column, problem.Value, problem.Reason));
    }

    [Fact]
    public void Columns_that_are_not_read_are_named()
    {
        Write("utf-8", "enterprise,valid_from,电话,reject_line", "org-A1,2004-06,1,2");
        using var file = new RegistryFile(_file, RegistryColumns.Enterprise, "name");

        Assert.Equal(["电话"], file.Unknown);
    }

    private (List<EnterpriseChange> Changes, List<RegistryProblem> Problems) Read(string encoding, params string[] lines)
    {
        Write(encoding, lines);
        var problems = new List<RegistryProblem>();
        using var file = new RegistryFile(_file, RegistryColumns.Enterprise, "name", "valid_from");
        return (file.Rows().Select(r => EnterpriseRows.Read(r, problems)).OfType<EnterpriseChange>().ToList(), problems);
    }

    private void Write(string encoding, params string[] lines) => File.WriteAllLines(
        _file.FullName, lines, encoding == "utf-8" ? new UTF8Encoding(false) : CodePagesEncodingProvider.Instance.GetEncoding(encoding)!);
}
