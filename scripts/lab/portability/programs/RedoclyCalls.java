import enboarderrestapi.Client;
import enboarderrestapi.Client.ApiException;
import enboarderrestapi.Client.Auth;
import enboarderrestapi.Client.BasicLaunch;
import enboarderrestapi.Client.Config;
import enboarderrestapi.Client.WorkflowUpdate;

public class RedoclyCalls {
    static Client client(Auth auth) {
        return new Client(new Config().serverUrl(System.getenv("BASE_URL")).auth(auth));
    }

    public static void main(String[] arguments) {
        BasicLaunch body = new BasicLaunch(
                "Alex Example", null, null, null, "alex@example.com", null, null, null,
                "Morgan Example", null, "morgan@example.com", null, "2027-01-12", null, "ENB-1", null);
        String token = System.getenv("TOKEN");
        Client keyed = client(new Auth().apiKey("apiKey", System.getenv("API_KEY")));
        System.out.println("apiKey " + keyed.launchBasicWorkflow(body).message());
        System.out.println("bearer " + client(new Auth().bearer(token)).launchBasicWorkflowWithToken(body).message());
        Client bare = client(new Auth().apiKey("accessToken", token));
        System.out.println("bare " + bare.launchBasicWorkflowWithToken(body).message());
        keyed.updateWorkflow(new WorkflowUpdate(
                "ENB-1", "Alex Renamed", null, null, null, null, null, null, null, null, null));
        System.out.println("update ok");
        try {
            client(new Auth().apiKey("apiKey", System.getenv("WRONG_KEY"))).launchBasicWorkflow(body);
        } catch (ApiException refused) {
            System.out.println("refused " + refused.status);
        }
    }
}
