using System;
using System.Net.Http;
using Enboarder;

static class Calls
{
    // NSwag generates no code for security schemes: the caller's HttpClient carries the header.
    static EnboarderClient Client(string header, string value)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        return new EnboarderClient(http) { BaseUrl = Environment.GetEnvironmentVariable("BASE_URL") };
    }

    static void Main()
    {
        var token = Environment.GetEnvironmentVariable("TOKEN");
        var body = new BasicLaunch
        {
            Nhnm = "Alex Example",
            Nheml = "alex@example.com",
            Mgrnm = "Morgan Example",
            Mgreml = "morgan@example.com",
            Nhstdt = new DateTimeOffset(2027, 1, 12, 0, 0, 0, TimeSpan.Zero),
            Externalid = "ENB-1",
        };
        var keyed = Client("apikey", Environment.GetEnvironmentVariable("API_KEY"));
        Console.WriteLine("apiKey " + keyed.LaunchBasicWorkflowAsync(body).GetAwaiter().GetResult().Message);
        var bearer = Client("Authorization", "Bearer " + token);
        Console.WriteLine("bearer " + bearer.LaunchBasicWorkflowWithTokenAsync(body).GetAwaiter().GetResult().Message);
        var bare = Client("Authorization", token);
        Console.WriteLine("bare " + bare.LaunchBasicWorkflowWithTokenAsync(body).GetAwaiter().GetResult().Message);
        var change = new WorkflowUpdate { Externalid = "ENB-1", Nhnm = "Alex Renamed" };
        keyed.UpdateWorkflowAsync(change).GetAwaiter().GetResult();
        Console.WriteLine("update ok");
        try
        {
            var wrong = Client("apikey", Environment.GetEnvironmentVariable("WRONG_KEY"));
            wrong.LaunchBasicWorkflowAsync(body).GetAwaiter().GetResult();
        }
        catch (ApiException refused)
        {
            Console.WriteLine("refused " + refused.StatusCode);
        }
    }
}
