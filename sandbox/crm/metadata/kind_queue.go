package metadata

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// queue is a group of the type Queue with the objects whose records it may own, and its members. It is its records: the data API
// writes them too.
func queue() kind {
	return kind{
		name: queueKind, folder: "queues", suffix: ".queue", turn: 4, label: "queue", section: "Manage Users", fixed: true,
		install: installQueue, there: queueThere, remove: removeQueue, current: queues,
	}
}

const queueKind = "Queue"

type queueXML struct {
	Name    string   `xml:"name"`
	Email   string   `xml:"email"`
	Sends   bool     `xml:"doesSendEmailToMembers"`
	Routing string   `xml:"queueRoutingConfig"`
	Objects []string `xml:"queueSobject>sobjectType"`
	Users   []string `xml:"queueMembers>users>user"`
	Groups  []string `xml:"queueMembers>publicGroups>publicGroup"`
	Roles   []string `xml:"queueMembers>roles>role"`
	Below   []string `xml:"queueMembers>roleAndSubordinates>roleAndSubordinate"`
	Within  []string `xml:"queueMembers>roleAndSubordinatesInternal>roleAndSubordinateInternal"`
}

func installQueue(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	var x queueXML
	if err := decode(e, &x); err != nil {
		return err
	}
	if err := checkMasterName(e, p.fullName); err != nil {
		return err
	}
	if roles := slices.Concat(x.Roles, x.Below, x.Within); len(roles) > 0 { // this org has none
		return bad(e, "In field: role - no Role named %s found", roles[0])
	}
	values := records.Values{"Name": x.Name, "Email": x.Email, "DoesSendEmailToMembers": x.Sends, "QueueRoutingConfigId": nil}
	if x.Routing != "" {
		id, err := recordNamed(in, ctx, e, "queueRoutingConfig", schema.RoutingConfig, "DeveloperName", x.Routing)
		if err != nil {
			return err
		}
		values["QueueRoutingConfigId"] = string(id)
	}
	id, err := queueID(in, ctx, p.fullName)
	switch {
	case err != nil:
		return err
	case id != "":
		err = in.actor.Update(ctx, schema.Group, id, values, "")
	default:
		values["Type"], values["DeveloperName"] = "Queue", p.fullName
		id, err = in.actor.Create(ctx, schema.Group, values)
	}
	if err != nil {
		return err
	}
	c.ID = id
	return fillQueue(in, ctx, e, x, id)
}

// fillQueue writes a queue's objects and members anew.
func fillQueue(in *installer, ctx context.Context, e *element, x queueXML, id schema.RecordID) error {
	for object, field := range map[string]string{schema.QueueObject: "QueueId", schema.GroupMember: "GroupId"} {
		if err := in.clear(ctx, object, field, string(id)); err != nil {
			return err
		}
	}
	routed := Routed(in.actor.Schema())
	for _, name := range x.Objects {
		i := slices.IndexFunc(routed, func(o schema.Object) bool { return strings.EqualFold(o.Name, name) })
		if i < 0 {
			return bad(e, "In field: sobjectType - no CustomObject named %s found", name)
		}
		values := records.Values{"QueueId": string(id), "SobjectType": routed[i].Name}
		if _, err := in.actor.Create(ctx, schema.QueueObject, values); err != nil {
			return err
		}
	}
	join := func(element, object, field string, names []string) error {
		for _, name := range names {
			member, err := recordNamed(in, ctx, e, element, object, field, name)
			if err != nil {
				return err
			}
			values := records.Values{"GroupId": string(id), "UserOrGroupId": string(member)}
			if _, err := in.actor.Create(ctx, schema.GroupMember, values); err != nil {
				return err
			}
		}
		return nil
	}
	if err := join("user", "User", "Username", x.Users); err != nil {
		return err
	}
	return join("publicGroup", schema.Group, "DeveloperName", x.Groups)
}

// queueID finds a queue by its developer name; "" if there is none.
func queueID(in *installer, ctx context.Context, name string) (schema.RecordID, error) {
	found, err := in.actor.Query(ctx, "SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = "+soql.Quote(name), false)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].ID(), nil
}

func queueThere(in *installer, ctx context.Context, name string) (string, error) {
	id, err := queueID(in, ctx, name)
	if err != nil || id == "" {
		return "", err
	}
	return name, nil
}

func removeQueue(in *installer, ctx context.Context, name string, _ manifest) error {
	id, err := queueID(in, ctx, name)
	if err != nil || id == "" {
		return err
	}
	uses := []usedBy{
		{"Routing Configuration", "SELECT MasterLabel FROM QueueRoutingConfig WHERE OverflowAssigneeId = " + inQuotes(id)},
		{"Pending Service Routing", "SELECT Name FROM PendingServiceRouting WHERE GroupId = " + inQuotes(id)},
	}
	for _, o := range Routed(in.actor.Schema()) {
		if owner, _ := o.Field("OwnerId"); slices.Contains(owner.References, schema.Group) {
			uses = append(uses, usedBy{o.Label, "SELECT " + o.NameField() + " FROM " + o.Name + " WHERE OwnerId = " + inQuotes(id)})
		}
	}
	if err := checkUnused(in, ctx, "queue", uses...); err != nil {
		return err
	}
	return in.actor.Delete(ctx, schema.Group, id)
}

// queues are the queues as their records have them, by name; one of them if it is named.
func queues(ctx context.Context, actor *crm.Actor, name string, kept []records.Component) ([]records.Component, error) {
	where := " WHERE Type = 'Queue' AND DeveloperName != null"
	if name != "" {
		where += " AND DeveloperName = " + soql.Quote(name)
	}
	var all []records.Component
	var failed error
	err := each(ctx, actor, "SELECT Id, Name, DeveloperName, Email, DoesSendEmailToMembers, QueueRoutingConfig.DeveloperName, CreatedDate, "+
		"CreatedById, LastModifiedDate, LastModifiedById FROM Group"+where+" ORDER BY DeveloperName", func(r records.Record) {
		c := records.Component{Type: queueKind, FullName: r.Text("DeveloperName"), ID: r.ID(),
			Created: moment(r.Text("CreatedDate")), CreatedBy: schema.RecordID(r.Text("CreatedById")),
			Modified: moment(r.Text("LastModifiedDate")), ModifiedBy: schema.RecordID(r.Text("LastModifiedById"))}
		for _, k := range kept {
			if strings.EqualFold(k.FullName, c.FullName) && k.Modified.After(c.Modified) {
				c.Modified, c.ModifiedBy = k.Modified, k.ModifiedBy
			}
		}
		file, err := queueFile(ctx, actor, r)
		if err != nil && failed == nil {
			failed = err
		}
		c.Files = map[string][]byte{queue().file(c.FullName): file}
		all = append(all, c)
	})
	if err != nil {
		return nil, err
	}
	return all, failed
}

// queueFile is a queue's file as its records say.
func queueFile(ctx context.Context, actor *crm.Actor, r records.Record) ([]byte, error) {
	e := &element{name: queueKind, kids: []*element{flagged("doesSendEmailToMembers", on(r, "DoesSendEmailToMembers"))}}
	e.SetText("email", r.Text("Email"))
	e.SetText("name", r.Text("Name"))
	users, groups, err := queueMembers(ctx, actor, r.ID())
	if err != nil {
		return nil, err
	}
	members := &element{name: "queueMembers"}
	for _, group := range []struct {
		name, each string
		names      []string
	}{{"publicGroups", "publicGroup", groups}, {"users", "user", users}} {
		if len(group.names) > 0 {
			one := &element{name: group.name}
			one.SetTexts(group.each, group.names)
			members.kids = append(members.kids, one)
		}
	}
	if len(members.kids) > 0 {
		e.SetKids(members.name, members)
	}
	if config, ok := r.Get("QueueRoutingConfig").(*records.Record); ok && config != nil {
		e.SetText("queueRoutingConfig", config.Text("DeveloperName"))
	}
	var objects []*element
	err = each(ctx, actor, "SELECT SobjectType FROM QueueSobject WHERE QueueId = "+inQuotes(r.ID())+" ORDER BY SobjectType",
		func(o records.Record) {
			objects = append(objects, &element{name: "queueSobject", kids: []*element{texted("sobjectType", o.Text("SobjectType"))}})
		})
	e.SetKids("queueSobject", objects...)
	return e.file(), err
}

// queueMembers are the names of a queue's members, by name.
func queueMembers(ctx context.Context, actor *crm.Actor, id schema.RecordID) (users, groups []string, err error) {
	const within = " WHERE Id IN (SELECT UserOrGroupId FROM GroupMember WHERE GroupId = "
	if err = each(ctx, actor, "SELECT Username FROM User"+within+inQuotes(id)+") ORDER BY Username",
		func(r records.Record) { users = append(users, r.Text("Username")) }); err != nil {
		return nil, nil, err
	}
	err = each(ctx, actor, "SELECT DeveloperName FROM Group"+within+inQuotes(id)+") ORDER BY DeveloperName",
		func(r records.Record) { groups = append(groups, r.Text("DeveloperName")) })
	return users, groups, err
}
