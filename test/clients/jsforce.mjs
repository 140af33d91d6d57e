// Runs the unmodified jsforce against a CRM: jsforce.mjs URL USERNAME PASSWORD. Prints one JSON object.
import jsforce from 'jsforce';

const [url, username, password] = process.argv.slice(2);
const conn = new jsforce.Connection({ loginUrl: url });
await conn.login(username, password);

const made = await conn.sobject('Contact').create({ FirstName: 'Grace', LastName: 'Hopper', Phone: '(206) 555-0123' });
const [row] = (await conn.query(`SELECT Id, Name FROM Contact WHERE Id = '${made.id}'`)).records;
await conn.sobject('Contact').update({ Id: made.id, Title: 'Rear Admiral' });
const updated = await conn.sobject('Contact').retrieve(made.id);
const found = await conn.search('FIND {2065550123} IN PHONE FIELDS RETURNING Contact(Id, Name)');
const error = await conn.sobject('Contact').create({ FirstName: 'No last name' }).then(
  () => 'none',
  (e) => e.errorCode,
);
await conn.sobject('Contact').destroy(made.id);
const gone = await conn.query(`SELECT COUNT() FROM Contact WHERE Id = '${made.id}'`);
await conn.logout();
console.log(
  JSON.stringify({
    name: row.Name,
    updated: updated.Title,
    found: found.searchRecords[0].Name,
    gone: String(gone.totalSize),
    error,
  }),
);
