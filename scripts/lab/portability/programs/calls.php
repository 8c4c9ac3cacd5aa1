<?php

declare(strict_types=1);

use OpenAPI\Client\Api\WorkflowsApi;
use OpenAPI\Client\ApiException;
use OpenAPI\Client\Configuration;
use OpenAPI\Client\Model\BasicLaunch;
use OpenAPI\Client\Model\WorkflowUpdate;

require '/usr/share/php/GuzzleHttp/autoload.php';
spl_autoload_register(function (string $class): void {
    $prefix = 'OpenAPI\\Client\\';
    if (str_starts_with($class, $prefix)) {
        require __DIR__ . '/client/lib/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    }
});

function api(callable $credential): WorkflowsApi
{
    $configuration = (new Configuration())->setHost(getenv('BASE_URL'));
    $credential($configuration);
    return new WorkflowsApi(new GuzzleHttp\Client(), $configuration);
}

$body = new BasicLaunch([
    'nhnm' => 'Alex Example',
    'nheml' => 'alex@example.com',
    'mgrnm' => 'Morgan Example',
    'mgreml' => 'morgan@example.com',
    'nhstdt' => new DateTime('2027-01-12'),
    'externalid' => 'ENB-1',
]);
$token = getenv('TOKEN');
$keyed = api(fn (Configuration $with) => $with->setApiKey('apikey', getenv('API_KEY')));
echo 'apiKey ', $keyed->launchBasicWorkflow($body)->getMessage(), "\n";
$bearer = api(fn (Configuration $with) => $with->setAccessToken($token));
echo 'bearer ', $bearer->launchBasicWorkflowWithToken($body)->getMessage(), "\n";
$bare = api(fn (Configuration $with) => $with->setApiKey('Authorization', $token));
echo 'bare ', $bare->launchBasicWorkflowWithToken($body)->getMessage(), "\n";
$keyed->updateWorkflow(new WorkflowUpdate(['externalid' => 'ENB-1', 'nhnm' => 'Alex Renamed']));
echo "update ok\n";
try {
    api(fn (Configuration $with) => $with->setApiKey('apikey', getenv('WRONG_KEY')))->launchBasicWorkflow($body);
} catch (ApiException $refused) {
    echo 'refused ', $refused->getCode(), "\n";
}
