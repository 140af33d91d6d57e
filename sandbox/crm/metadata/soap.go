package metadata

import (
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// soap is the SOAP form: one operation in an envelope, the session in its header. Source: Metadata API developer guide.
func (a *API) soap(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpload))
	if err != nil {
		a.fault(w, r, &schema.Error{Code: "REQUEST_LIMIT_EXCEEDED", Message: "the request is too large"})
		return
	}
	envelope, err := tree(body)
	if err != nil {
		a.fault(w, r, &schema.Error{Code: "UNKNOWN_EXCEPTION", Message: err.Error()})
		return
	}
	in := envelope.under("Body")
	if len(in.kids) != 1 {
		a.fault(w, r, &schema.Error{Code: "UNKNOWN_EXCEPTION", Message: "No operation available for request"})
		return
	}
	op := in.kids[0]
	asker := r.Clone(r.Context())
	asker.Header.Set("Authorization", "Bearer "+envelope.under("Header").under("SessionHeader").get("sessionId"))
	actor, err := a.who(asker)
	if err != nil {
		a.fault(w, r, err)
		return
	}
	h := map[string]func(context.Context, *crm.Actor, *element, *reply) error{
		"deploy": a.soapDeploy, "checkDeployStatus": a.soapStatus, "cancelDeploy": a.soapCancel, "deployRecentValidation": a.soapQuick,
		"retrieve": a.soapRetrieve, "checkRetrieveStatus": a.soapRetrieved, "listMetadata": a.soapList,
		"describeMetadata": a.soapDescribe, "describeValueType": a.soapValueType,
		"readMetadata": a.soapRead, "createMetadata": a.soapWrite, "updateMetadata": a.soapWrite,
		"upsertMetadata": a.soapWrite, "deleteMetadata": a.soapDelete, "renameMetadata": a.soapRename,
	}[op.name]
	if h == nil {
		a.fault(w, r, &schema.Error{Code: "UNKNOWN_EXCEPTION", Message: "No operation available for request {" + namespace + "}" + op.name})
		return
	}
	out := &reply{}
	if err := h(r.Context(), actor, op, out); err != nil {
		a.fault(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/xml;charset=UTF-8")
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="`+namespace+
		`" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
<`+op.name+`Response>`+out.String()+`</`+op.name+`Response></soapenv:Body></soapenv:Envelope>`)
}

func (a *API) fault(w http.ResponseWriter, r *http.Request, err error) {
	e := edge.Platform(r.Context(), a.cfg.Log, err)
	text := e.Message
	if e == errSession {
		text = "Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash"
	}
	w.Header().Set("Content-Type", "text/xml;charset=UTF-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope `+
		`xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="`+namespace+
		`"><soapenv:Body><soapenv:Fault><faultcode>sf:`+e.Code+`</faultcode><faultstring>`+quoted(e.Code+": "+strings.TrimPrefix(text,
		e.Code+": "))+`</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`)
}

func quoted(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	return b.String()
}

func (a *API) soapDeploy(_ context.Context, actor *crm.Actor, op *element, out *reply) error {
	zip := op.get("ZipFile")
	if zip == "" {
		zip = op.get("zipFile")
	}
	archive, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(zip), ""))
	if err != nil || len(archive) == 0 || len(archive) > maxArchive {
		return &schema.Error{Code: "INVALID_OPERATION", Message: "ZipFile is missing, too large or no base64"}
	}
	given := op.under("DeployOptions")
	if given.name == "" {
		given = op.under("deployOptions")
	}
	var opts options
	given = &element{name: "options", kids: given.kids}
	if err := decode(given, &opts); err != nil {
		return &schema.Error{Code: "INVALID_OPERATION", Message: err.Error()}
	}
	now := a.start(actor.User(), archive, opts).now()
	out.asyncResult(now.ID, now.Status)
	return nil
}

func (o *reply) asyncResult(id, state string) {
	o.open("result", func() {
		o.put("done", false)
		o.put("id", id)
		o.put("state", map[string]string{"Pending": "Queued"}[state])
	})
}

func (a *API) soapStatus(_ context.Context, _ *crm.Actor, op *element, out *reply) error {
	d, err := a.find(op.get("asyncProcessId"))
	if err != nil {
		return &schema.Error{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id"}
	}
	out.deployResult(d.now(), op.get("includeDetails") == "true")
	return nil
}

func (a *API) soapCancel(_ context.Context, actor *crm.Actor, op *element, out *reply) error {
	id := op.get("String")
	if id == "" {
		id = op.get("asyncProcessId")
	}
	d, err := a.abort(actor.User(), id)
	if err != nil {
		return err
	}
	now := d.now()
	out.open("result", func() {
		out.put("done", now.Done)
		out.put("id", now.ID)
	})
	return nil
}

func (a *API) soapQuick(_ context.Context, actor *crm.Actor, op *element, out *reply) error {
	id := op.get("validationId")
	if id == "" {
		id = op.get("validationID")
	}
	d, err := a.quick(actor.User(), id)
	if err != nil {
		return err
	}
	out.put("result", d.now().ID)
	return nil
}

func (a *API) soapRetrieve(ctx context.Context, _ *crm.Actor, op *element, out *reply) error {
	request := op.under("retrieveRequest")
	if request.name == "" {
		request = op.under("request")
	}
	m, err := readManifest((&element{name: "Package", kids: request.under("unpackaged").kids}).file())
	if err != nil {
		return err
	}
	version := request.under("unpackaged").get("version")
	if version == "" {
		version = request.get("apiVersion")
	}
	r, err := a.retrieve(ctx, m, version, request.get("singlePackage") == "true")
	if err != nil {
		return err
	}
	out.asyncResult(r.id, "Pending")
	return nil
}

func (a *API) soapRetrieved(_ context.Context, _ *crm.Actor, op *element, out *reply) error {
	a.mu.Lock()
	r, ok := a.retrieves[string(schema.To18(op.get("asyncProcessId")))]
	a.mu.Unlock()
	if !ok {
		return &schema.Error{Code: "INVALID_CROSS_REFERENCE_KEY", Message: "invalid cross reference id"}
	}
	out.open("result", func() {
		out.put("done", true)
		for _, p := range r.files {
			out.open("fileProperties", func() { out.properties(p) })
		}
		out.put("id", r.id)
		for _, m := range r.messages {
			out.open("messages", func() {
				out.put("fileName", m.file)
				out.put("problem", m.problem)
			})
		}
		out.put("status", "Succeeded")
		out.put("success", true)
		if op.get("includeZip") != "false" {
			out.put("zipFile", base64.StdEncoding.EncodeToString(r.zip))
		}
	})
	return nil
}

const maxQueries = 3

func (a *API) soapList(ctx context.Context, _ *crm.Actor, op *element, out *reply) error {
	var asked []string
	for _, q := range op.kids {
		if q.name != "queries" {
			continue
		}
		kind := q.get("type")
		if asked = append(asked, kind); len(asked) > maxQueries {
			return &schema.Error{Code: "EXCEEDED_MAX_TYPES_LIMIT", Message: "the maximum number of queries is 3"}
		}
		if _, known := kindNamed(kind); !known {
			return &schema.Error{Code: "INVALID_TYPE", Message: "Unknown type: " + kind}
		}
	}
	s, err := a.store(ctx, asked...)
	if err != nil {
		return err
	}
	for _, kind := range asked {
		for _, c := range s[kind] {
			out.open("result", func() { out.properties(propertiesOf(c)) })
		}
	}
	return nil
}

func (a *API) soapDescribe(_ context.Context, actor *crm.Actor, _ *element, out *reply) error {
	out.open("result", func() {
		for _, k := range kinds() {
			if k.parent != "" || k.away(actor) {
				continue
			}
			out.open("metadataObjects", func() {
				for _, c := range k.children() {
					out.put("childXmlNames", c.name)
				}
				out.put("directoryName", k.folder)
				out.put("inFolder", false)
				out.put("metaFile", k.content)
				if !k.bundle {
					out.put("suffix", strings.TrimPrefix(k.suffix, "."))
				}
				out.put("xmlName", k.name)
			})
		}
		out.put("organizationNamespace", "")
		out.put("partialSaveAllowed", true)
		out.put("testRequired", false)
	})
	return nil
}

// soapValueType tells the elements of a type.
func (a *API) soapValueType(_ context.Context, _ *crm.Actor, op *element, out *reply) error {
	name := op.get("type")
	name = name[strings.LastIndexByte(name, '}')+1:]
	members, ok := objects()[name]
	if !ok {
		return &schema.Error{Code: "INVALID_TYPE", Message: "Unknown type: " + name}
	}
	_, whole := kindNamed(name)
	out.open("result", func() {
		for _, what := range []string{"apiCreatable", "apiDeletable", "apiReadable", "apiUpdatable"} {
			out.put(what, whole)
		}
		out.valueFields(members)
	})
	return nil
}

var errNoKind = errors.New("no such type")
