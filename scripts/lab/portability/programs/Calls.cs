using System;
using System.Net.Http;
using EnboarderApi.Api;
using EnboarderApi.Client;
using EnboarderApi.Model;

static class Calls
{
    static readonly string Token = Environment.GetEnvironmentVariable("TOKEN");

    static WorkflowsApi Api(Action<Configuration> credential)
    {
        var configuration = new Configuration { BasePath = Environment.GetEnvironmentVariable("BASE_URL") };
        credential(configuration);
        return new WorkflowsApi(new HttpClient(), configuration);
    }

    static void Main()
    {
        var body = new BasicLaunch(
            nhnm: "Alex Example",
            nheml: "alex@example.com",
            mgrnm: "Morgan Example",
            mgreml: "morgan@example.com",
            nhstdt: new DateTime(2027, 1, 12),
            externalid: "ENB-1");
        var keyed = Api(with => with.ApiKey["apikey"] = Environment.GetEnvironmentVariable("API_KEY"));
        Console.WriteLine("apiKey " + keyed.LaunchBasicWorkflow(body).Message);
        var bearer = Api(with => with.AccessToken = Token);
        Console.WriteLine("bearer " + bearer.LaunchBasicWorkflowWithToken(body).Message);
        var bare = Api(with => with.ApiKey["Authorization"] = Token);
        Console.WriteLine("bare " + bare.LaunchBasicWorkflowWithToken(body).Message);
        keyed.UpdateWorkflow(new WorkflowUpdate(externalid: "ENB-1", nhnm: "Alex Renamed"));
        Console.WriteLine("update ok");
        try
        {
            Api(with => with.ApiKey["apikey"] = Environment.GetEnvironmentVariable("WRONG_KEY")).LaunchBasicWorkflow(body);
        }
        catch (ApiException refused)
        {
            Console.WriteLine("refused " + refused.ErrorCode);
        }
    }
}
