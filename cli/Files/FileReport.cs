using System.Collections.Immutable;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files;

/// <summary>What a report of a file asks for.</summary>
internal enum FileAction
{
    /// <summary>Store it, or replace what is stored.</summary>
    Report,

    /// <summary>Take the report with this enterprise, feed and period back: ACTION D of SDMX-CSV.</summary>
    Withdraw,
}

/// <summary>One thing that is wrong with a row.</summary>
/// <param name="Line">Line of the file, from 1; of a spreadsheet its row.</param>
/// <param name="Column">Header of the column as the file has it; empty: the whole row.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">Name from the catalogue of reasons.</param>
/// <param name="Rule">The rule that it breaks, for people.</param>
internal sealed record FileProblem(long Line, string Column, string Value, string Reason, string Rule);

/// <summary>One report of a file, from one row or, for feeds with lines, from several rows one after the other.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="FirstLine">Its first line, from 1, the header being line 1.</param>
/// <param name="LastLine">Its last line.</param>
/// <param name="Action">What is asked for.</param>
/// <param name="Report">What to send; null where problems keep it from being read.</param>
/// <param name="Problems">Why it cannot be sent; empty: it can.</param>
/// <param name="Rows">The cells of its rows as they stand in the file, for the file of rejects.</param>
internal sealed record FileReport(
    string File, long FirstLine, long LastLine, FileAction Action, Report? Report, ImmutableArray<FileProblem> Problems,
    ImmutableArray<ImmutableArray<string>> Rows);
