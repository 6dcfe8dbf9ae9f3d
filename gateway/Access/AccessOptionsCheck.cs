using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Checks what attributes cannot say, so that a wrong setting ends the start and not a request. The principals are checked where
/// callers are made of them (<see cref="PrincipalDirectory"/>).</summary>
internal sealed class AccessOptionsCheck : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var wrong = new List<string>();
        if (options.Jwt is { } jwt)
        {
            if (string.IsNullOrEmpty(jwt.Authority) == string.IsNullOrEmpty(jwt.KeysFile))
                wrong.Add("Access:Jwt needs either Authority (address of the OpenID provider) or KeysFile (its public keys).");
            if (!string.IsNullOrEmpty(jwt.KeysFile) && string.IsNullOrEmpty(jwt.Issuer))
                wrong.Add("Access:Jwt:Issuer is needed with KeysFile: without it any issuer's tokens would do.");
            if (jwt.KeysFile is { Length: > 0 } keys && !File.Exists(keys))
                wrong.Add($"Access:Jwt:KeysFile is '{keys}'. There is no such file.");
        }
        if (options.Certificates is { AuthorityFile.Length: > 0 } certificates && !File.Exists(certificates.AuthorityFile))
            wrong.Add($"Access:Certificates:AuthorityFile is '{certificates.AuthorityFile}'. There is no such file.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
