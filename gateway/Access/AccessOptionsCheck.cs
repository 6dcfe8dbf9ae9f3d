using Microsoft.Extensions.Options;

namespace ClusterPulse.Access;

/// <summary>Checks what attributes cannot say, so that a wrong setting ends the start and not a request.</summary>
internal sealed class AccessOptionsCheck(CallerFactory factory) : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var wrong = new List<string>();
        foreach (var principal in options.Principals)
            factory.Create(principal, wrong);
        wrong.AddRange(options.Principals.GroupBy(p => p.Id).Where(g => g.Count() > 1).Select(g => $"Access:Principals '{g.Key}' is listed twice."));
        if (options.Jwt is { } jwt)
        {
            if (string.IsNullOrEmpty(jwt.Authority) == string.IsNullOrEmpty(jwt.KeysFile))
                wrong.Add("Access:Jwt needs either Authority (address of the OpenID provider) or KeysFile (its public keys).");
            if (!string.IsNullOrEmpty(jwt.KeysFile) && string.IsNullOrEmpty(jwt.Issuer))
                wrong.Add("Access:Jwt:Issuer is needed with KeysFile: without it any issuer's tokens would do.");
            if (jwt.KeysFile is { Length: > 0 } keys && !File.Exists(keys))
                wrong.Add($"Access:Jwt:KeysFile is '{keys}'. There is no such file.");
            if (string.IsNullOrEmpty(jwt.Audience))
                wrong.Add("Access:Jwt:Audience is needed: without it tokens for other systems would do.");
        }
        if (options.Certificates is { } certificates && !File.Exists(certificates.AuthorityFile))
            wrong.Add($"Access:Certificates:AuthorityFile is '{certificates.AuthorityFile}'. There is no such file.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
