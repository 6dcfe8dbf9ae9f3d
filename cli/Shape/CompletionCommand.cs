using System.CommandLine;
using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli.Shape;

/// <summary>Prints what makes a shell complete commands and options. The scripts ask the program itself, by the directive
/// <c>[suggest]</c> of System.CommandLine, so that they never grow old.</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] =
            """
            _clusterpulse_complete() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o bashdefault -o default -F _clusterpulse_complete clusterpulse
            """,
        ["zsh"] =
            """
            #compdef clusterpulse
            _clusterpulse_complete() {
              local -a found
              found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              found=("${(@)found:#}")
              (( ${#found} )) && compadd -a found || _files
            }
            compdef _clusterpulse_complete clusterpulse
            """,
        ["fish"] =
            """
            function __clusterpulse_complete
                set -l line (commandline -cp)
                clusterpulse "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c clusterpulse -a '(__clusterpulse_complete)'
            """,
        ["pwsh"] =
            """
            Register-ArgumentCompleter -Native -CommandName clusterpulse -ScriptBlock {
                param($word, $tree, $position)
                clusterpulse "[suggest:$position]" "$tree" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    private readonly Argument<string> _shell = new("shell") { Description = Words.Of("命令行外壳", "The shell") };

    public CompletionCommand() : base("completion", Words.Of(
        """
        输出命令补全脚本

        示例：eval "$(clusterpulse completion bash)"
        clusterpulse completion zsh > ~/.zfunc/_clusterpulse
        clusterpulse completion fish > ~/.config/fish/completions/clusterpulse.fish
        clusterpulse completion pwsh >> $PROFILE
        """,
        """
        Print the script that makes a shell complete commands and options

        Example: eval "$(clusterpulse completion bash)"
        clusterpulse completion zsh > ~/.zfunc/_clusterpulse
        clusterpulse completion fish > ~/.config/fish/completions/clusterpulse.fish
        clusterpulse completion pwsh >> $PROFILE
        """))
    {
        _shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(_shell);
        SetAction(parsed =>
        {
            // Shells read it, also those of other systems: no carriage returns.
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetRequiredValue(_shell)].ReplaceLineEndings("\n") + "\n");
            return (int)ExitCode.Done;
        });
    }
}
