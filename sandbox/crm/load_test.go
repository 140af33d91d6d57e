package crm

import (
	"fmt"
	"slices"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// made are contacts of one account, the ith with a number that ends in i.
func made(o *Org, n int) records.Load {
	return records.Load{Object: "Contact", Rows: n, Row: func(i int) records.Values {
		return records.Values{"LastName": fmt.Sprintf("Made%d", i), "Phone": fmt.Sprintf("(212) 55%05d", i),
			"AccountId": string(o.LoadedID("Account", 0))}
	}}
}

func company(name string) records.Load {
	return records.Load{Object: "Account", Rows: 1, Row: func(int) records.Values { return records.Values{"Name": name} }}
}

func TestLoadedRecordsAreFoundLikeOthers(t *testing.T) {
	d := newDesk(t)
	if err := d.Load(t.Context(), company("Quist Optics"), func(int) {}); err != nil {
		t.Fatal(err)
	}
	const loadBatch = 20_000 // rows that count together
	n, told := loadBatch+3, []int{}
	if err := d.Load(t.Context(), made(d.Org, n), func(done int) { told = append(told, done) }); err != nil {
		t.Fatal(err)
	}
	if want := []int{loadBatch, n}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	agent := d.as(t, "agent@x.example")
	for _, tc := range []struct{ name, soql, want string }{
		{"by its number as it was written", "SELECT Name FROM Contact WHERE Phone = '(212) 5500042'", "Made42"},
		{"by the last digits of its number", "SELECT Name FROM Contact WHERE Phone LIKE '%500042'", "Made42"},
		{"by its id, with its account", "SELECT Account.Name FROM Contact WHERE Id = '" +
			string(d.LoadedID("Contact", n-1)) + "' AND Account.Name = 'Quist Optics'", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			result, err := agent.Query(t.Context(), tc.soql, false)
			if err != nil || len(result.Records) != 1 || result.Records[0].Text("Name") != tc.want {
				t.Errorf("%+v, %v", result, err)
			}
		})
	}
	phone, err := agent.FindPhone(t.Context(), "212 550 0042", []string{"Contact"}, 10)
	if err != nil || len(phone) != 1 || phone[0].ID != d.LoadedID("Contact", 42) {
		t.Errorf("by its digits: %v, %v", phone, err)
	}
	words, err := agent.FindWords(t.Context(), "Made20001", []string{"Account", "Contact"}, true, 10)
	if err != nil || len(words) != 1 || words[0].ID != d.LoadedID("Contact", 20_001) {
		t.Errorf("by its name: %v, %v", words, err)
	}
}

func TestWhatWasLoadedIsNotLoadedTwice(t *testing.T) {
	d := newDesk(t)
	for _, rows := range []int{5, 5, 8, 3} {
		if err := d.Load(t.Context(), company("Quist Optics"), func(int) {}); err != nil {
			t.Fatal(err)
		}
		if err := d.Load(t.Context(), made(d.Org, rows), func(int) {}); err != nil {
			t.Fatal(err)
		}
	}
	result, err := d.as(t, "admin@x.example").Query(t.Context(), "SELECT COUNT() FROM Contact WHERE LastName LIKE 'Made%'", false)
	if err != nil || result.TotalSize != 8 {
		t.Errorf("%d contacts, %v; want 8", result.TotalSize, err)
	}
}

func TestALoadThatIsRefusedLeavesNothing(t *testing.T) {
	d := newDesk(t)
	bad := records.Load{Object: "Account", Rows: 10, Row: func(i int) records.Values {
		if i == 9 {
			return records.Values{"Name": ""}
		}
		return records.Values{"Name": "Loaded"}
	}}
	if err := d.Load(t.Context(), bad, func(int) {}); err == nil {
		t.Fatal("an account without a name was loaded")
	}
	result, err := d.as(t, "admin@x.example").Query(t.Context(), "SELECT COUNT() FROM Account WHERE Name = 'Loaded'", false)
	if err != nil || result.TotalSize != 0 {
		t.Errorf("%d accounts stayed, %v", result.TotalSize, err)
	}
}
