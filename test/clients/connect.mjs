// Runs the unmodified AWS SDK for JavaScript against a contact centre: connect.mjs ENDPOINT REGION INSTANCE KEY SECRET. Prints one JSON object.
import {
  ConnectClient,
  CreateAgentStatusCommand,
  CreateQueueCommand,
  DescribeAgentStatusCommand,
  DescribeQueueCommand,
  ListHoursOfOperationsCommand,
  ListTagsForResourceCommand,
  paginateListUsers,
  SearchQueuesCommand,
} from '@aws-sdk/client-connect';

const [endpoint, region, InstanceId, accessKeyId, secretAccessKey] = process.argv.slice(2);
const client = new ConnectClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });

const users = [];
for await (const page of paginateListUsers({ client, pageSize: 1 }, { InstanceId }))
  users.push(...page.UserSummaryList.map((u) => u.Username));
const status = await client.send(
  new CreateAgentStatusCommand({ InstanceId, Name: 'Logout', State: 'ENABLED', DisplayOrder: 5 }),
);
const described = await client.send(new DescribeAgentStatusCommand({ InstanceId, AgentStatusId: status.AgentStatusId }));
const hours = await client.send(new ListHoursOfOperationsCommand({ InstanceId }));
const HoursOfOperationId = hours.HoursOfOperationSummaryList[0].Id;
const queue = await client.send(
  new CreateQueueCommand({ InstanceId, Name: 'Second', HoursOfOperationId, Tags: { team: 'north' } }),
);
const tags = await client.send(new ListTagsForResourceCommand({ resourceArn: queue.QueueArn }));
const found = await client.send(
  new SearchQueuesCommand({
    InstanceId,
    SearchCriteria: { StringCondition: { FieldName: 'name', Value: 'Sec', ComparisonType: 'STARTS_WITH' } },
  }),
);
const error = (command) =>
  client.send(command).then(
    () => 'none',
    (e) => e.name,
  );
const duplicate = await error(new CreateQueueCommand({ InstanceId, Name: 'second', HoursOfOperationId }));
const gone = await error(new DescribeQueueCommand({ InstanceId, QueueId: '00000000-0000-4000-8000-000000000000' }));
console.log(
  JSON.stringify({
    users: users.length,
    type: described.AgentStatus.Type,
    order: described.AgentStatus.DisplayOrder,
    team: tags.tags.team,
    found: found.Queues.map((q) => q.Name).join(),
    duplicate,
    gone,
  }),
);
