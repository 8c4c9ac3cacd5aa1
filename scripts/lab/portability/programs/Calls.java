import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.util.function.Consumer;

import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.WorkflowsApi;
import org.openapitools.client.model.BasicLaunch;
import org.openapitools.client.model.WorkflowUpdate;

public class Calls {
    static final BasicLaunch BODY = new BasicLaunch()
            .nhnm("Alex Example")
            .nheml("alex@example.com")
            .mgrnm("Morgan Example")
            .mgreml("morgan@example.com")
            .nhstdt(LocalDate.of(2027, 1, 12))
            .externalid("ENB-1");

    // The native library applies no security scheme by itself: the caller sets the header.
    static WorkflowsApi api(String header, String value) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(System.getenv("BASE_URL"));
        Consumer<HttpRequest.Builder> credential = request -> request.header(header, value);
        client.setRequestInterceptor(credential);
        return new WorkflowsApi(client);
    }

    public static void main(String[] arguments) throws ApiException {
        String token = System.getenv("TOKEN");
        System.out.println("apiKey " + api("apikey", System.getenv("API_KEY")).launchBasicWorkflow(BODY).getMessage());
        System.out.println("bearer " + api("Authorization", "Bearer " + token).launchBasicWorkflowWithToken(BODY).getMessage());
        System.out.println("bare " + api("Authorization", token).launchBasicWorkflowWithToken(BODY).getMessage());
        WorkflowUpdate change = new WorkflowUpdate().externalid("ENB-1").nhnm("Alex Renamed");
        api("apikey", System.getenv("API_KEY")).updateWorkflow(change);
        System.out.println("update ok");
        try {
            api("apikey", System.getenv("WRONG_KEY")).launchBasicWorkflow(BODY);
        } catch (ApiException refused) {
            System.out.println("refused " + refused.getCode());
        }
    }
}
