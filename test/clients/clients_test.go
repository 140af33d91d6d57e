// Package clients runs programs that we did not write against the sandbox.
package clients

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

type ready struct {
	CRM             string `json:"crm"`
	Visualforce     string `json:"visualforce"`
	Adapter         string `json:"adapter"`
	Connect         string `json:"connect"`
	SIP             string `json:"sip"`
	Number          string `json:"number"`
	Region          string `json:"region"`
	InstanceID      string `json:"instance_id"`
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
	Users           []struct {
		Role, Username, Password string
		ConnectUsername          string `json:"connect_username"`
		ConnectPassword          string `json:"connect_password"`
	}
	process int
}

// sandbox starts the binary and reads its ready line.
func sandbox(t *testing.T, more ...string) ready {
	t.Helper()
	binary, err := filepath.Abs("../../bin/patchcord")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(binary); err != nil {
		t.Fatalf("build it first (make build): %v", err)
	}
	cmd := exec.Command(binary, append([]string{"sandbox", "--port-base", "0", "--sip", "127.0.0.1:0", "--turn", "127.0.0.1:0"}, more...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the sandbox ended with %v", err)
		}
	})
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the sandbox printed nothing")
	}
	var r ready
	if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	r.process = cmd.Process.Pid
	return r
}

// run ends a program after a minute.
func run(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	body, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	return string(body), err
}

func TestStrangers(t *testing.T) {
	r := sandbox(t)
	t.Run("jsforce logs in, writes, queries and searches", func(t *testing.T) {
		out, err := run(t, "node", "jsforce.mjs", r.CRM, r.Users[0].Username, r.Users[0].Password)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		var got struct{ Name, Updated, Found, Gone, Error string }
		if err := json.Unmarshal([]byte(out[strings.LastIndex(out, "{"):]), &got); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got.Name != "Grace Hopper" || got.Updated != "Rear Admiral" || got.Found != "Grace Hopper" || got.Gone != "0" ||
			got.Error != "REQUIRED_FIELD_MISSING" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("jsforce describes, relates, upserts and writes metadata", func(t *testing.T) {
		out, err := run(t, "node", "jsforce-org.mjs", r.CRM, r.Users[0].Username, r.Users[0].Password)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		got := out[strings.LastIndex(out, "{"):]
		const want = `{"objects":17,"controller":"Source__c","validFor":"salesforceUi","children":"AC_CtiAction__c,AC_CtiScriptVersion__c",` +
			`"adapter":"ACLightningAdapter","flows":4,"created":"true,false","parent":"ACLightningAdapter",` +
			`"upserted":"CHAT","id":true,"loaded":"2,1","bulk":"Bulk One,Bulk ` +
			`Two","tooling":"Active,CTI_Adapter,Value","read":"AC_Agent","types":true,"tabs":5,"saved":true,"removed":true,` +
			`"screenFlow":"true,Flow,Active,false","identity":"admin@patchcord.example"}`
		if strings.TrimSpace(got) != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
	t.Run("jsforce configures Omni-Channel and reads its records", func(t *testing.T) {
		out, err := run(t, "node", "jsforce-omni.mjs", r.CRM, r.Users[0].Username, r.Users[0].Password)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		got := out[strings.LastIndex(out, "{"):]
		want := `{"settings":"true","upserted":"true,true,true,true,true,true","read":"Prospects,` + r.Users[0].Username + `,67",` +
			`"queue":"Hunt,Lead,Hunt","channels":"Prospects","described":"0R1,false,true,0Bz,true","refused":"INSUFFICIENT_ACCESS_OR_READONLY,` +
			`INVALID_FIELD_FOR_INSERT_UPDATE,INVALID_CROSS_REFERENCE_KEY,FIELD_INTEGRITY_EXCEPTION","removed":"true,true,true,true,true,true"}`
		if strings.TrimSpace(got) != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
	t.Run("the AWS SDK for JavaScript keeps statuses and queues", func(t *testing.T) {
		out, err := run(t, "node", "connect.mjs", r.Connect, r.Region, r.InstanceID, r.AccessKeyID, r.SecretAccessKey)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		type answers struct {
			Users, Order                       int
			Type, Team, Found, Duplicate, Gone string
		}
		var got answers
		if err := json.Unmarshal([]byte(out[strings.LastIndex(out, "{"):]), &got); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if want := (answers{len(r.Users), 5, "CUSTOM", "north", "Second", "DuplicateResourceException",
			"ResourceNotFoundException"}); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
	t.Run("sipp places calls that are answered and ended", func(t *testing.T) {
		if _, err := exec.LookPath("sipp"); err != nil {
			t.Fatal("sipp is missing: run make system")
		}
		sip := strings.TrimPrefix(r.SIP, "sip:")
		t.Chdir(t.TempDir())
		out, err := run(t, "sipp", sip, "-sn", "uac", "-s", r.Number, "-m", "3", "-r", "3", "-d", "500", "-i", "127.0.0.1",
			"-timeout", "40", "-timeout_error", "-nostdin")
		if err != nil {
			t.Errorf("%v\n%s", err, out[max(0, len(out)-2000):])
		}
	})
	t.Run("sipp is told that a wrong number does not exist", func(t *testing.T) {
		sip := strings.TrimPrefix(r.SIP, "sip:")
		t.Chdir(t.TempDir())
		out, err := run(t, "sipp", sip, "-sn", "uac", "-s", "+12065550999", "-m", "1", "-i", "127.0.0.1", "-timeout", "20",
			"-nostdin", "-trace_err")
		if err == nil {
			t.Errorf("the call succeeded\n%s", out)
		}
	})
}
