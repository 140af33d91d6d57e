package calllog

import "testing"

// The records are as an org answered them, but for ids and names.
func TestATaskWhoseRecordIsGone(t *testing.T) {
	const (
		old, kept, lead, person = "003000000000001AAA", "003000000000002AAA", "00Q000000000001AAA", "003000000000003AAA"
		firm                    = "001000000000001AAA"
		noField                 = `[{"message":"No such column 'MasterRecordId' on entity 'Contact'","errorCode":"INVALID_FIELD"}]`
	)
	row := func(deleted, fields string) string {
		return `{"attributes":{"type":"Contact","url":"/services/data/v67.0/sobjects/Contact/x"},"IsDeleted":` + deleted + fields + `}`
	}
	for _, tc := range []struct {
		name, record, code string
		answers            map[string]string
		want, note         string // where the Task is, and why
	}{
		{"merged into another", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{
			old: row("true", `,"MasterRecordId":"`+kept+`"`), kept: row("false", `,"MasterRecordId":null`)}, kept, MovedOn},
		{"merged, and merged again", old, "ENTITY_IS_DELETED", map[string]string{
			old: row("true", `,"MasterRecordId":"`+kept+`"`), kept: row("true", `,"MasterRecordId":"`+person+`"`),
			person: row("false", `,"MasterRecordId":null`)}, person, MovedOn},
		{"a lead that became a contact", lead, "CANNOT_UPDATE_CONVERTED_LEAD", map[string]string{
			lead:   row("false", `,"MasterRecordId":null,"ConvertedContactId":"`+person+`","ConvertedAccountId":"`+firm+`"`),
			person: row("false", `,"MasterRecordId":null`)}, person, MovedOn},
		{"a lead that became an account alone", lead, "INVALID_CROSS_REFERENCE_KEY", map[string]string{
			lead: row("true", `,"MasterRecordId":null,"ConvertedContactId":null,"ConvertedAccountId":"`+firm+`"`),
			firm: row("false", `,"MasterRecordId":null`)}, firm, MovedOn},
		{"deleted", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{old: row("true", `,"MasterRecordId":null`)}, "", RecordGone},
		{"merged into what was deleted", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{
			old: row("true", `,"MasterRecordId":"`+kept+`"`), kept: row("true", `,"MasterRecordId":null`)}, "", RecordGone},
		{"merged into what this agent may not name", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{
			old: row("true", `,"MasterRecordId":"`+kept+`"`), kept: row("false", `,"MasterRecordId":null`)}, "", RecordGone},
		{"merged in a circle", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{
			old: row("true", `,"MasterRecordId":"`+kept+`"`), kept: row("true", `,"MasterRecordId":"`+old+`"`)}, "", RecordGone},
		{"in an org that does not say", old, "INVALID_CROSS_REFERENCE_KEY", map[string]string{old: noField}, "", RecordGone},
		{"never seen", old, "INVALID_CROSS_REFERENCE_KEY", nil, "", RecordGone},
		{"a case", "500000000000001AAA", "ENTITY_IS_DELETED", nil, "", RecordGone},
		{"that this agent may not see any more", old, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", nil, "", RecordClosed},
		{"of an object without activities", "a0B000000000001AAA", "FIELD_INTEGRITY_EXCEPTION", nil, "", NoActivities},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o, c := open(t), aCall()
			c.Record = tc.record
			for id, answer := range tc.answers {
				o.answers["Id = '"+id+"'"] = answer
			}
			o.refuse = func(object string, values fields) string {
				if related := relation(values); object == "Task" && related != "" && (related != tc.want || related == tc.record) {
					return tc.code
				}
				return ""
			}
			done, err := o.log().Task(t.Context(), c)
			if err != nil || done.Record != tc.want || done.Note != (Note{tc.note, tc.record}) || relation(o.only()) != tc.want {
				t.Errorf("%+v %v, %v", done, err, o.only())
			}
		})
	}
}

// What a flow's Task lacks may be a relation to a record that is gone.
func TestAFlowsTaskIsCompletedWithoutARecordThatIsGone(t *testing.T) {
	o, c := open(t), aCall()
	if _, _, err := Create(t.Context(), o.client, TaskKey(c.UserID, c.ContactID), "Task", fields{"Subject": "Offer"}); err != nil {
		t.Fatal(err)
	}
	o.refuse = func(object string, values fields) string {
		if object == "Task" && relation(values) != "" {
			return "INVALID_CROSS_REFERENCE_KEY"
		}
		return ""
	}
	done, err := o.log().Task(t.Context(), c)
	if err != nil || done.Record != "" || done.Note.Code != RecordGone || !done.Again {
		t.Errorf("%+v %v", done, err)
	}
	wants(t, o.only(), fields{"Subject": "Offer", "Status": "Completed", "CallObject": "c-1", "WhoId": nil})
}
