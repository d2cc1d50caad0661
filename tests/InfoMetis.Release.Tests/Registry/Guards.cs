using System.Text;
using Microsoft.AspNetCore.Http;

namespace InfoMetis.Release.Tests.Registry;

/// <summary>Doors that a fake registry can have.</summary>
internal static class Guards
{
    public static Func<HttpContext, Task<bool>> Basic(string user, string password)
    {
        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
        return async context =>
        {
            if (context.Request.Headers.Authorization == expected)
                return true;
            await Nasty.Challenge("Basic realm=\"the fake\"")(context);
            return false;
        };
    }
}
