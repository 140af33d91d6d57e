// Generated from adapter/wire by `make generate`. Do not edit.
"use strict";
export const isToPage = validate47;
const schema66 = {"oneOf":[{"properties":{"type":{"const":"ack"},"ack":{"$ref":"#/$defs/Ack"}},"type":"object","required":["type","ack"]},{"properties":{"type":{"const":"caller"},"caller":{"$ref":"#/$defs/Caller"}},"type":"object","required":["type","caller"]},{"properties":{"type":{"const":"command"},"command":{"$ref":"#/$defs/Command"}},"type":"object","required":["type","command"]},{"properties":{"type":{"const":"notice"},"notice":{"$ref":"#/$defs/Notice"}},"type":"object","required":["type","notice"]},{"properties":{"type":{"const":"over"},"over":{"$ref":"#/$defs/Over"}},"type":"object","required":["type","over"]},{"properties":{"type":{"const":"refusal"},"refusal":{"$ref":"#/$defs/Refusal"}},"type":"object","required":["type","refusal"]},{"properties":{"type":{"const":"signedOut"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"welcome"},"welcome":{"$ref":"#/$defs/Welcome"}},"type":"object","required":["type","welcome"]}],"type":"object","discriminator":{"propertyName":"type"}};
const schema67 = {"properties":{"key":{"type":"string"}},"type":"object","required":["key"]};
const schema72 = {"properties":{"level":{"type":"string","enum":["info","warning","error"]},"text":{"type":"string"},"code":{"type":"string"},"args":{"additionalProperties":{"type":"string"},"type":"object"}},"type":"object","required":["level","text"]};
const schema73 = {"properties":{"code":{"type":"string"}},"type":"object","required":["code"]};
const schema74 = {"properties":{"key":{"type":"string"},"reason":{"type":"string","enum":["malformed","otherAgent","tooMany","full"]},"retryAfter":{"type":"integer","minimum":0}},"type":"object","required":["key","reason","retryAfter"]};
const schema68 = {"properties":{"contactId":{"type":"string"},"kind":{"type":"string","enum":["known","several","none","unsure"]},"record":{"$ref":"#/$defs/Match"},"matches":{"items":{"$ref":"#/$defs/Match"},"type":"array"},"total":{"type":"integer"},"more":{"type":"boolean"},"text":{"type":"string"},"code":{"type":"string"},"args":{"additionalProperties":{"type":"string"},"type":"object"},"canAdd":{"type":"boolean"}},"type":"object","required":["contactId","kind","total","text","code"]};
const schema35 = {"properties":{"recordId":{"type":"string"},"object":{"type":"string"},"name":{"type":"string"}},"type":"object","required":["recordId","object","name"]};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.contactId === undefined) && (missing0 = "contactId")) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.total === undefined) && (missing0 = "total"))) || ((data.text === undefined) && (missing0 = "text"))) || ((data.code === undefined) && (missing0 = "code"))){
validate37.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.contactId !== undefined){
const _errs1 = errors;
if(typeof data.contactId !== "string"){
validate37.errors = [{instancePath:instancePath+"/contactId",schemaPath:"#/properties/contactId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data1 = data.kind;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate37.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data1 === "known") || (data1 === "several")) || (data1 === "none")) || (data1 === "unsure"))){
validate37.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema68.properties.kind.enum}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.record !== undefined){
let data2 = data.record;
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((((data2.recordId === undefined) && (missing1 = "recordId")) || ((data2.object === undefined) && (missing1 = "object"))) || ((data2.name === undefined) && (missing1 = "name"))){
validate37.errors = [{instancePath:instancePath+"/record",schemaPath:"#/$defs/Match/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data2.recordId !== undefined){
const _errs8 = errors;
if(typeof data2.recordId !== "string"){
validate37.errors = [{instancePath:instancePath+"/record/recordId",schemaPath:"#/$defs/Match/properties/recordId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.object !== undefined){
const _errs10 = errors;
if(typeof data2.object !== "string"){
validate37.errors = [{instancePath:instancePath+"/record/object",schemaPath:"#/$defs/Match/properties/object/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs10 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data2.name !== undefined){
const _errs12 = errors;
if(typeof data2.name !== "string"){
validate37.errors = [{instancePath:instancePath+"/record/name",schemaPath:"#/$defs/Match/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/record",schemaPath:"#/$defs/Match/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.matches !== undefined){
let data6 = data.matches;
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data6)){
var valid3 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs16 = errors;
const _errs17 = errors;
if(errors === _errs17){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing2;
if((((data7.recordId === undefined) && (missing2 = "recordId")) || ((data7.object === undefined) && (missing2 = "object"))) || ((data7.name === undefined) && (missing2 = "name"))){
validate37.errors = [{instancePath:instancePath+"/matches/" + i0,schemaPath:"#/$defs/Match/required",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data7.recordId !== undefined){
const _errs19 = errors;
if(typeof data7.recordId !== "string"){
validate37.errors = [{instancePath:instancePath+"/matches/" + i0+"/recordId",schemaPath:"#/$defs/Match/properties/recordId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid5 = _errs19 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data7.object !== undefined){
const _errs21 = errors;
if(typeof data7.object !== "string"){
validate37.errors = [{instancePath:instancePath+"/matches/" + i0+"/object",schemaPath:"#/$defs/Match/properties/object/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid5 = _errs21 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data7.name !== undefined){
const _errs23 = errors;
if(typeof data7.name !== "string"){
validate37.errors = [{instancePath:instancePath+"/matches/" + i0+"/name",schemaPath:"#/$defs/Match/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid5 = _errs23 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/matches/" + i0,schemaPath:"#/$defs/Match/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/matches",schemaPath:"#/properties/matches/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.total !== undefined){
let data11 = data.total;
const _errs25 = errors;
if(!((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11)))){
validate37.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.more !== undefined){
const _errs27 = errors;
if(typeof data.more !== "boolean"){
validate37.errors = [{instancePath:instancePath+"/more",schemaPath:"#/properties/more/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
const _errs29 = errors;
if(typeof data.text !== "string"){
validate37.errors = [{instancePath:instancePath+"/text",schemaPath:"#/properties/text/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
const _errs31 = errors;
if(typeof data.code !== "string"){
validate37.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.args !== undefined){
let data15 = data.args;
const _errs33 = errors;
if(errors === _errs33){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key0 in data15){
const _errs36 = errors;
if(typeof data15[key0] !== "string"){
validate37.errors = [{instancePath:instancePath+"/args/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/args/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid6 = _errs36 === errors;
if(!valid6){
break;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.canAdd !== undefined){
const _errs38 = errors;
if(typeof data.canAdd !== "boolean"){
validate37.errors = [{instancePath:instancePath+"/canAdd",schemaPath:"#/properties/canAdd/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs38 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate37.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"props":{"contactId":true,"kind":true,"record":true,"matches":true,"total":true,"more":true,"text":true,"code":true,"args":true,"canAdd":true},"dynamicProps":false,"dynamicItems":false};

const schema71 = {"properties":{"id":{"type":"string"},"body":{"$ref":"#/$defs/CommandBody"},"again":{"type":"boolean"},"ifRemembered":{"type":"boolean"}},"type":"object","required":["id","body","again"]};
const schema32 = {"oneOf":[{"properties":{"type":{"const":"agent"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"alert"},"alert":{"$ref":"#/$defs/Alert"}},"type":"object","required":["type","alert"]},{"properties":{"type":{"const":"appView"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"ccpLogs"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"choose"},"choose":{"$ref":"#/$defs/Choose"}},"type":"object","required":["type","choose"]},{"properties":{"type":{"const":"clearContact"},"clearContact":{"$ref":"#/$defs/ContactRef"}},"type":"object","required":["type","clearContact"]},{"properties":{"type":{"const":"clickToDial"},"clickToDial":{"$ref":"#/$defs/Switch"}},"type":"object","required":["type","clickToDial"]},{"properties":{"type":{"const":"closeTab"},"closeTab":{"$ref":"#/$defs/TabRef"}},"type":"object","required":["type","closeTab"]},{"properties":{"type":{"const":"completeWork"},"completeWork":{"$ref":"#/$defs/CompleteWork"}},"type":"object","required":["type","completeWork"]},{"properties":{"type":{"const":"dial"},"dial":{"$ref":"#/$defs/Dial"}},"type":"object","required":["type","dial"]},{"properties":{"type":{"const":"endpoints"},"endpoints":{"$ref":"#/$defs/Endpoints"}},"type":"object","required":["type","endpoints"]},{"properties":{"type":{"const":"hangUp"},"hangUp":{"$ref":"#/$defs/ContactRef"}},"type":"object","required":["type","hangUp"]},{"properties":{"type":{"const":"log"},"log":{"$ref":"#/$defs/LogLine"}},"type":"object","required":["type","log"]},{"properties":{"type":{"const":"mute"},"mute":{"$ref":"#/$defs/Switch"}},"type":"object","required":["type","mute"]},{"properties":{"type":{"const":"omni"},"omni":{"$ref":"#/$defs/Omni"}},"type":"object","required":["type","omni"]},{"properties":{"type":{"const":"openTab"},"openTab":{"$ref":"#/$defs/OpenTab"}},"type":"object","required":["type","openTab"]},{"properties":{"type":{"const":"panel"},"panel":{"$ref":"#/$defs/PanelChange"}},"type":"object","required":["type","panel"]},{"properties":{"type":{"const":"phone"},"phone":{"$ref":"#/$defs/Phone"}},"type":"object","required":["type","phone"]},{"properties":{"type":{"const":"question"},"question":{"$ref":"#/$defs/Question"}},"type":"object","required":["type","question"]},{"properties":{"type":{"const":"refresh"},"refresh":{"$ref":"#/$defs/Refresh"}},"type":"object","required":["type","refresh"]},{"properties":{"type":{"const":"refreshView"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"screenPop"},"screenPop":{"$ref":"#/$defs/ScreenPop"}},"type":"object","required":["type","screenPop"]},{"properties":{"type":{"const":"search"},"search":{"$ref":"#/$defs/Search"}},"type":"object","required":["type","search"]},{"properties":{"type":{"const":"setStatus"},"setStatus":{"$ref":"#/$defs/SetStatus"}},"type":"object","required":["type","setStatus"]},{"properties":{"type":{"const":"showPanel"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"signOut"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"softphoneLayout"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"tabs"}},"type":"object","required":["type"]}],"type":"object","discriminator":{"propertyName":"type"}};
const schema33 = {"properties":{"message":{"type":"string"}},"type":"object","required":["message"]};
const schema36 = {"properties":{"contactId":{"type":"string"}},"type":"object","required":["contactId"]};
const schema37 = {"properties":{"on":{"type":"boolean"}},"type":"object","required":["on"]};
const schema38 = {"properties":{"id":{"type":"string"}},"type":"object","required":["id"]};
const schema39 = {"properties":{"workId":{"type":"string"},"disposition":{"type":"string"},"taskId":{"type":"string"}},"type":"object","required":["workId","disposition","taskId"]};
const schema40 = {"properties":{"phoneNumber":{"type":"string"},"queueARN":{"type":"string"}},"type":"object","required":["phoneNumber","queueARN"]};
const schema41 = {"properties":{"queueARN":{"type":"string"}},"type":"object","required":["queueARN"]};
const schema43 = {"properties":{"level":{"type":"string","enum":["debug","info","warn","error"]},"message":{"type":"string"}},"type":"object","required":["level","message"]};
const schema45 = {"properties":{"method":{"type":"string","enum":["status","setStatus","login","logout","workload"]},"statusId":{"type":"string"}},"type":"object","required":["method"]};
const schema46 = {"properties":{"url":{"type":"string"},"parent":{"type":"string"},"active":{"type":"boolean"},"label":{"type":"string"}},"type":"object","required":["url","active"]};
const schema47 = {"properties":{"show":{"type":"string","enum":["shown","hidden"]},"height":{"type":"integer","maximum":2560,"minimum":240},"width":{"type":"integer","maximum":1920,"minimum":200}},"type":"object"};
const schema48 = {"properties":{"softphone":{"type":"boolean"},"extension":{"type":"string"}},"type":"object","required":["softphone","extension"]};
const schema49 = {"properties":{"title":{"type":"string"},"message":{"type":"string"},"confirm":{"type":"string"},"cancel":{"type":"string"}},"type":"object","required":["title","message","confirm","cancel"]};
const schema50 = {"properties":{"recordId":{"type":"string"}},"type":"object","required":["recordId"]};
const schema51 = {"properties":{"type":{"type":"string"},"params":{"type":"object"}},"type":"object","required":["type","params"]};
const schema52 = {"properties":{"searchParams":{"type":"string"},"queryParams":{"type":"string"},"defaultFieldValues":{"additionalProperties":{"type":"string"},"type":"object"},"callType":{"type":"string"},"deferred":{"type":"boolean"}},"type":"object","required":["searchParams","queryParams","callType","deferred"]};
const schema53 = {"properties":{"arn":{"type":"string"},"name":{"type":"string"},"routable":{"type":"boolean"}},"type":"object","required":["arn","name","routable"]};
const schema34 = {"properties":{"contactId":{"type":"string"},"matches":{"items":{"$ref":"#/$defs/Match"},"type":"array"},"total":{"type":"integer"},"more":{"type":"boolean"}},"type":"object","required":["contactId","matches","total"]};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.contactId === undefined) && (missing0 = "contactId")) || ((data.matches === undefined) && (missing0 = "matches"))) || ((data.total === undefined) && (missing0 = "total"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.contactId !== undefined){
const _errs1 = errors;
if(typeof data.contactId !== "string"){
validate22.errors = [{instancePath:instancePath+"/contactId",schemaPath:"#/properties/contactId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.matches !== undefined){
let data1 = data.matches;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((((data2.recordId === undefined) && (missing1 = "recordId")) || ((data2.object === undefined) && (missing1 = "object"))) || ((data2.name === undefined) && (missing1 = "name"))){
validate22.errors = [{instancePath:instancePath+"/matches/" + i0,schemaPath:"#/$defs/Match/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data2.recordId !== undefined){
const _errs8 = errors;
if(typeof data2.recordId !== "string"){
validate22.errors = [{instancePath:instancePath+"/matches/" + i0+"/recordId",schemaPath:"#/$defs/Match/properties/recordId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs8 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.object !== undefined){
const _errs10 = errors;
if(typeof data2.object !== "string"){
validate22.errors = [{instancePath:instancePath+"/matches/" + i0+"/object",schemaPath:"#/$defs/Match/properties/object/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data2.name !== undefined){
const _errs12 = errors;
if(typeof data2.name !== "string"){
validate22.errors = [{instancePath:instancePath+"/matches/" + i0+"/name",schemaPath:"#/$defs/Match/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/matches/" + i0,schemaPath:"#/$defs/Match/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/matches",schemaPath:"#/properties/matches/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.total !== undefined){
let data6 = data.total;
const _errs14 = errors;
if(!((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6)))){
validate22.errors = [{instancePath:instancePath+"/total",schemaPath:"#/properties/total/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.more !== undefined){
const _errs16 = errors;
if(typeof data.more !== "boolean"){
validate22.errors = [{instancePath:instancePath+"/more",schemaPath:"#/properties/more/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":{"contactId":true,"matches":true,"total":true,"more":true},"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "agent"){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.type !== undefined){
if("agent" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "agent"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var props0 = {};
props0.type = true;
}
else if(tag0 === "alert"){
const _errs5 = errors;
if(errors === _errs5){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.type === undefined) && (missing1 = "type")) || ((data.alert === undefined) && (missing1 = "alert"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data.type !== undefined){
const _errs7 = errors;
if("alert" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "alert"}}];
return false;
}
var valid4 = _errs7 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.alert !== undefined){
let data2 = data.alert;
const _errs8 = errors;
const _errs9 = errors;
if(errors === _errs9){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing2;
if((data2.message === undefined) && (missing2 = "message")){
validate21.errors = [{instancePath:instancePath+"/alert",schemaPath:"#/$defs/Alert/required",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data2.message !== undefined){
if(typeof data2.message !== "string"){
validate21.errors = [{instancePath:instancePath+"/alert/message",schemaPath:"#/$defs/Alert/properties/message/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/alert",schemaPath:"#/$defs/Alert/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid4 = _errs8 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.alert = true;
}
}
else if(tag0 === "appView"){
const _errs13 = errors;
if(errors === _errs13){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((data.type === undefined) && (missing3 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data.type !== undefined){
if("appView" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "appView"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "ccpLogs"){
const _errs16 = errors;
if(errors === _errs16){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if((data.type === undefined) && (missing4 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: missing4}}];
return false;
}
else {
if(data.type !== undefined){
if("ccpLogs" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "ccpLogs"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/3/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "choose"){
const _errs19 = errors;
if(errors === _errs19){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if(((data.type === undefined) && (missing5 = "type")) || ((data.choose === undefined) && (missing5 = "choose"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: missing5}}];
return false;
}
else {
if(data.type !== undefined){
const _errs21 = errors;
if("choose" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "choose"}}];
return false;
}
var valid12 = _errs21 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data.choose !== undefined){
const _errs22 = errors;
if(!(validate22(data.choose, {instancePath:instancePath+"/choose",parentData:data,parentDataProperty:"choose",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid12 = _errs22 === errors;
}
else {
var valid12 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/4/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.choose = true;
}
}
else if(tag0 === "clearContact"){
const _errs23 = errors;
if(errors === _errs23){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((data.type === undefined) && (missing6 = "type")) || ((data.clearContact === undefined) && (missing6 = "clearContact"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/5/required",keyword:"required",params:{missingProperty: missing6}}];
return false;
}
else {
if(data.type !== undefined){
const _errs25 = errors;
if("clearContact" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/5/properties/type/const",keyword:"const",params:{allowedValue: "clearContact"}}];
return false;
}
var valid14 = _errs25 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data.clearContact !== undefined){
let data9 = data.clearContact;
const _errs26 = errors;
const _errs27 = errors;
if(errors === _errs27){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing7;
if((data9.contactId === undefined) && (missing7 = "contactId")){
validate21.errors = [{instancePath:instancePath+"/clearContact",schemaPath:"#/$defs/ContactRef/required",keyword:"required",params:{missingProperty: missing7}}];
return false;
}
else {
if(data9.contactId !== undefined){
if(typeof data9.contactId !== "string"){
validate21.errors = [{instancePath:instancePath+"/clearContact/contactId",schemaPath:"#/$defs/ContactRef/properties/contactId/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/clearContact",schemaPath:"#/$defs/ContactRef/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid14 = _errs26 === errors;
}
else {
var valid14 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/5/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.clearContact = true;
}
}
else if(tag0 === "clickToDial"){
const _errs31 = errors;
if(errors === _errs31){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing8;
if(((data.type === undefined) && (missing8 = "type")) || ((data.clickToDial === undefined) && (missing8 = "clickToDial"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/6/required",keyword:"required",params:{missingProperty: missing8}}];
return false;
}
else {
if(data.type !== undefined){
const _errs33 = errors;
if("clickToDial" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/6/properties/type/const",keyword:"const",params:{allowedValue: "clickToDial"}}];
return false;
}
var valid18 = _errs33 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.clickToDial !== undefined){
let data12 = data.clickToDial;
const _errs34 = errors;
const _errs35 = errors;
if(errors === _errs35){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing9;
if((data12.on === undefined) && (missing9 = "on")){
validate21.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/$defs/Switch/required",keyword:"required",params:{missingProperty: missing9}}];
return false;
}
else {
if(data12.on !== undefined){
if(typeof data12.on !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/clickToDial/on",schemaPath:"#/$defs/Switch/properties/on/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/$defs/Switch/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid18 = _errs34 === errors;
}
else {
var valid18 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/6/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.clickToDial = true;
}
}
else if(tag0 === "closeTab"){
const _errs39 = errors;
if(errors === _errs39){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing10;
if(((data.type === undefined) && (missing10 = "type")) || ((data.closeTab === undefined) && (missing10 = "closeTab"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/7/required",keyword:"required",params:{missingProperty: missing10}}];
return false;
}
else {
if(data.type !== undefined){
const _errs41 = errors;
if("closeTab" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/7/properties/type/const",keyword:"const",params:{allowedValue: "closeTab"}}];
return false;
}
var valid22 = _errs41 === errors;
}
else {
var valid22 = true;
}
if(valid22){
if(data.closeTab !== undefined){
let data15 = data.closeTab;
const _errs42 = errors;
const _errs43 = errors;
if(errors === _errs43){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing11;
if((data15.id === undefined) && (missing11 = "id")){
validate21.errors = [{instancePath:instancePath+"/closeTab",schemaPath:"#/$defs/TabRef/required",keyword:"required",params:{missingProperty: missing11}}];
return false;
}
else {
if(data15.id !== undefined){
if(typeof data15.id !== "string"){
validate21.errors = [{instancePath:instancePath+"/closeTab/id",schemaPath:"#/$defs/TabRef/properties/id/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/closeTab",schemaPath:"#/$defs/TabRef/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid22 = _errs42 === errors;
}
else {
var valid22 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/7/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.closeTab = true;
}
}
else if(tag0 === "completeWork"){
const _errs47 = errors;
if(errors === _errs47){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing12;
if(((data.type === undefined) && (missing12 = "type")) || ((data.completeWork === undefined) && (missing12 = "completeWork"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/8/required",keyword:"required",params:{missingProperty: missing12}}];
return false;
}
else {
if(data.type !== undefined){
const _errs49 = errors;
if("completeWork" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/8/properties/type/const",keyword:"const",params:{allowedValue: "completeWork"}}];
return false;
}
var valid26 = _errs49 === errors;
}
else {
var valid26 = true;
}
if(valid26){
if(data.completeWork !== undefined){
let data18 = data.completeWork;
const _errs50 = errors;
const _errs51 = errors;
if(errors === _errs51){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing13;
if((((data18.workId === undefined) && (missing13 = "workId")) || ((data18.disposition === undefined) && (missing13 = "disposition"))) || ((data18.taskId === undefined) && (missing13 = "taskId"))){
validate21.errors = [{instancePath:instancePath+"/completeWork",schemaPath:"#/$defs/CompleteWork/required",keyword:"required",params:{missingProperty: missing13}}];
return false;
}
else {
if(data18.workId !== undefined){
const _errs53 = errors;
if(typeof data18.workId !== "string"){
validate21.errors = [{instancePath:instancePath+"/completeWork/workId",schemaPath:"#/$defs/CompleteWork/properties/workId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid28 = _errs53 === errors;
}
else {
var valid28 = true;
}
if(valid28){
if(data18.disposition !== undefined){
const _errs55 = errors;
if(typeof data18.disposition !== "string"){
validate21.errors = [{instancePath:instancePath+"/completeWork/disposition",schemaPath:"#/$defs/CompleteWork/properties/disposition/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid28 = _errs55 === errors;
}
else {
var valid28 = true;
}
if(valid28){
if(data18.taskId !== undefined){
const _errs57 = errors;
if(typeof data18.taskId !== "string"){
validate21.errors = [{instancePath:instancePath+"/completeWork/taskId",schemaPath:"#/$defs/CompleteWork/properties/taskId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid28 = _errs57 === errors;
}
else {
var valid28 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/completeWork",schemaPath:"#/$defs/CompleteWork/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid26 = _errs50 === errors;
}
else {
var valid26 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/8/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.completeWork = true;
}
}
else if(tag0 === "dial"){
const _errs59 = errors;
if(errors === _errs59){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing14;
if(((data.type === undefined) && (missing14 = "type")) || ((data.dial === undefined) && (missing14 = "dial"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/9/required",keyword:"required",params:{missingProperty: missing14}}];
return false;
}
else {
if(data.type !== undefined){
const _errs61 = errors;
if("dial" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/9/properties/type/const",keyword:"const",params:{allowedValue: "dial"}}];
return false;
}
var valid30 = _errs61 === errors;
}
else {
var valid30 = true;
}
if(valid30){
if(data.dial !== undefined){
let data23 = data.dial;
const _errs62 = errors;
const _errs63 = errors;
if(errors === _errs63){
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
let missing15;
if(((data23.phoneNumber === undefined) && (missing15 = "phoneNumber")) || ((data23.queueARN === undefined) && (missing15 = "queueARN"))){
validate21.errors = [{instancePath:instancePath+"/dial",schemaPath:"#/$defs/Dial/required",keyword:"required",params:{missingProperty: missing15}}];
return false;
}
else {
if(data23.phoneNumber !== undefined){
const _errs65 = errors;
if(typeof data23.phoneNumber !== "string"){
validate21.errors = [{instancePath:instancePath+"/dial/phoneNumber",schemaPath:"#/$defs/Dial/properties/phoneNumber/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid32 = _errs65 === errors;
}
else {
var valid32 = true;
}
if(valid32){
if(data23.queueARN !== undefined){
const _errs67 = errors;
if(typeof data23.queueARN !== "string"){
validate21.errors = [{instancePath:instancePath+"/dial/queueARN",schemaPath:"#/$defs/Dial/properties/queueARN/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid32 = _errs67 === errors;
}
else {
var valid32 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/dial",schemaPath:"#/$defs/Dial/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid30 = _errs62 === errors;
}
else {
var valid30 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/9/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.dial = true;
}
}
else if(tag0 === "endpoints"){
const _errs69 = errors;
if(errors === _errs69){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing16;
if(((data.type === undefined) && (missing16 = "type")) || ((data.endpoints === undefined) && (missing16 = "endpoints"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/10/required",keyword:"required",params:{missingProperty: missing16}}];
return false;
}
else {
if(data.type !== undefined){
const _errs71 = errors;
if("endpoints" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/10/properties/type/const",keyword:"const",params:{allowedValue: "endpoints"}}];
return false;
}
var valid34 = _errs71 === errors;
}
else {
var valid34 = true;
}
if(valid34){
if(data.endpoints !== undefined){
let data27 = data.endpoints;
const _errs72 = errors;
const _errs73 = errors;
if(errors === _errs73){
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
let missing17;
if((data27.queueARN === undefined) && (missing17 = "queueARN")){
validate21.errors = [{instancePath:instancePath+"/endpoints",schemaPath:"#/$defs/Endpoints/required",keyword:"required",params:{missingProperty: missing17}}];
return false;
}
else {
if(data27.queueARN !== undefined){
if(typeof data27.queueARN !== "string"){
validate21.errors = [{instancePath:instancePath+"/endpoints/queueARN",schemaPath:"#/$defs/Endpoints/properties/queueARN/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/endpoints",schemaPath:"#/$defs/Endpoints/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid34 = _errs72 === errors;
}
else {
var valid34 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/10/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.endpoints = true;
}
}
else if(tag0 === "hangUp"){
const _errs77 = errors;
if(errors === _errs77){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing18;
if(((data.type === undefined) && (missing18 = "type")) || ((data.hangUp === undefined) && (missing18 = "hangUp"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/11/required",keyword:"required",params:{missingProperty: missing18}}];
return false;
}
else {
if(data.type !== undefined){
const _errs79 = errors;
if("hangUp" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/11/properties/type/const",keyword:"const",params:{allowedValue: "hangUp"}}];
return false;
}
var valid38 = _errs79 === errors;
}
else {
var valid38 = true;
}
if(valid38){
if(data.hangUp !== undefined){
let data30 = data.hangUp;
const _errs80 = errors;
const _errs81 = errors;
if(errors === _errs81){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
let missing19;
if((data30.contactId === undefined) && (missing19 = "contactId")){
validate21.errors = [{instancePath:instancePath+"/hangUp",schemaPath:"#/$defs/ContactRef/required",keyword:"required",params:{missingProperty: missing19}}];
return false;
}
else {
if(data30.contactId !== undefined){
if(typeof data30.contactId !== "string"){
validate21.errors = [{instancePath:instancePath+"/hangUp/contactId",schemaPath:"#/$defs/ContactRef/properties/contactId/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/hangUp",schemaPath:"#/$defs/ContactRef/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid38 = _errs80 === errors;
}
else {
var valid38 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/11/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.hangUp = true;
}
}
else if(tag0 === "log"){
const _errs85 = errors;
if(errors === _errs85){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing20;
if(((data.type === undefined) && (missing20 = "type")) || ((data.log === undefined) && (missing20 = "log"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/12/required",keyword:"required",params:{missingProperty: missing20}}];
return false;
}
else {
if(data.type !== undefined){
const _errs87 = errors;
if("log" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/12/properties/type/const",keyword:"const",params:{allowedValue: "log"}}];
return false;
}
var valid42 = _errs87 === errors;
}
else {
var valid42 = true;
}
if(valid42){
if(data.log !== undefined){
let data33 = data.log;
const _errs88 = errors;
const _errs89 = errors;
if(errors === _errs89){
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
let missing21;
if(((data33.level === undefined) && (missing21 = "level")) || ((data33.message === undefined) && (missing21 = "message"))){
validate21.errors = [{instancePath:instancePath+"/log",schemaPath:"#/$defs/LogLine/required",keyword:"required",params:{missingProperty: missing21}}];
return false;
}
else {
if(data33.level !== undefined){
let data34 = data33.level;
const _errs91 = errors;
if(typeof data34 !== "string"){
validate21.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/$defs/LogLine/properties/level/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data34 === "debug") || (data34 === "info")) || (data34 === "warn")) || (data34 === "error"))){
validate21.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/$defs/LogLine/properties/level/enum",keyword:"enum",params:{allowedValues: schema43.properties.level.enum}}];
return false;
}
var valid44 = _errs91 === errors;
}
else {
var valid44 = true;
}
if(valid44){
if(data33.message !== undefined){
const _errs93 = errors;
if(typeof data33.message !== "string"){
validate21.errors = [{instancePath:instancePath+"/log/message",schemaPath:"#/$defs/LogLine/properties/message/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid44 = _errs93 === errors;
}
else {
var valid44 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/log",schemaPath:"#/$defs/LogLine/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid42 = _errs88 === errors;
}
else {
var valid42 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/12/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.log = true;
}
}
else if(tag0 === "mute"){
const _errs95 = errors;
if(errors === _errs95){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing22;
if(((data.type === undefined) && (missing22 = "type")) || ((data.mute === undefined) && (missing22 = "mute"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/13/required",keyword:"required",params:{missingProperty: missing22}}];
return false;
}
else {
if(data.type !== undefined){
const _errs97 = errors;
if("mute" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/13/properties/type/const",keyword:"const",params:{allowedValue: "mute"}}];
return false;
}
var valid46 = _errs97 === errors;
}
else {
var valid46 = true;
}
if(valid46){
if(data.mute !== undefined){
let data37 = data.mute;
const _errs98 = errors;
const _errs99 = errors;
if(errors === _errs99){
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
let missing23;
if((data37.on === undefined) && (missing23 = "on")){
validate21.errors = [{instancePath:instancePath+"/mute",schemaPath:"#/$defs/Switch/required",keyword:"required",params:{missingProperty: missing23}}];
return false;
}
else {
if(data37.on !== undefined){
if(typeof data37.on !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/mute/on",schemaPath:"#/$defs/Switch/properties/on/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/mute",schemaPath:"#/$defs/Switch/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid46 = _errs98 === errors;
}
else {
var valid46 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/13/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.mute = true;
}
}
else if(tag0 === "omni"){
const _errs103 = errors;
if(errors === _errs103){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing24;
if(((data.type === undefined) && (missing24 = "type")) || ((data.omni === undefined) && (missing24 = "omni"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/14/required",keyword:"required",params:{missingProperty: missing24}}];
return false;
}
else {
if(data.type !== undefined){
const _errs105 = errors;
if("omni" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/14/properties/type/const",keyword:"const",params:{allowedValue: "omni"}}];
return false;
}
var valid50 = _errs105 === errors;
}
else {
var valid50 = true;
}
if(valid50){
if(data.omni !== undefined){
let data40 = data.omni;
const _errs106 = errors;
const _errs107 = errors;
if(errors === _errs107){
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
let missing25;
if((data40.method === undefined) && (missing25 = "method")){
validate21.errors = [{instancePath:instancePath+"/omni",schemaPath:"#/$defs/Omni/required",keyword:"required",params:{missingProperty: missing25}}];
return false;
}
else {
if(data40.method !== undefined){
let data41 = data40.method;
const _errs109 = errors;
if(typeof data41 !== "string"){
validate21.errors = [{instancePath:instancePath+"/omni/method",schemaPath:"#/$defs/Omni/properties/method/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((((data41 === "status") || (data41 === "setStatus")) || (data41 === "login")) || (data41 === "logout")) || (data41 === "workload"))){
validate21.errors = [{instancePath:instancePath+"/omni/method",schemaPath:"#/$defs/Omni/properties/method/enum",keyword:"enum",params:{allowedValues: schema45.properties.method.enum}}];
return false;
}
var valid52 = _errs109 === errors;
}
else {
var valid52 = true;
}
if(valid52){
if(data40.statusId !== undefined){
const _errs111 = errors;
if(typeof data40.statusId !== "string"){
validate21.errors = [{instancePath:instancePath+"/omni/statusId",schemaPath:"#/$defs/Omni/properties/statusId/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid52 = _errs111 === errors;
}
else {
var valid52 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/omni",schemaPath:"#/$defs/Omni/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid50 = _errs106 === errors;
}
else {
var valid50 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/14/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.omni = true;
}
}
else if(tag0 === "openTab"){
const _errs113 = errors;
if(errors === _errs113){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing26;
if(((data.type === undefined) && (missing26 = "type")) || ((data.openTab === undefined) && (missing26 = "openTab"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/15/required",keyword:"required",params:{missingProperty: missing26}}];
return false;
}
else {
if(data.type !== undefined){
const _errs115 = errors;
if("openTab" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/15/properties/type/const",keyword:"const",params:{allowedValue: "openTab"}}];
return false;
}
var valid54 = _errs115 === errors;
}
else {
var valid54 = true;
}
if(valid54){
if(data.openTab !== undefined){
let data44 = data.openTab;
const _errs116 = errors;
const _errs117 = errors;
if(errors === _errs117){
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
let missing27;
if(((data44.url === undefined) && (missing27 = "url")) || ((data44.active === undefined) && (missing27 = "active"))){
validate21.errors = [{instancePath:instancePath+"/openTab",schemaPath:"#/$defs/OpenTab/required",keyword:"required",params:{missingProperty: missing27}}];
return false;
}
else {
if(data44.url !== undefined){
const _errs119 = errors;
if(typeof data44.url !== "string"){
validate21.errors = [{instancePath:instancePath+"/openTab/url",schemaPath:"#/$defs/OpenTab/properties/url/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid56 = _errs119 === errors;
}
else {
var valid56 = true;
}
if(valid56){
if(data44.parent !== undefined){
const _errs121 = errors;
if(typeof data44.parent !== "string"){
validate21.errors = [{instancePath:instancePath+"/openTab/parent",schemaPath:"#/$defs/OpenTab/properties/parent/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid56 = _errs121 === errors;
}
else {
var valid56 = true;
}
if(valid56){
if(data44.active !== undefined){
const _errs123 = errors;
if(typeof data44.active !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/openTab/active",schemaPath:"#/$defs/OpenTab/properties/active/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid56 = _errs123 === errors;
}
else {
var valid56 = true;
}
if(valid56){
if(data44.label !== undefined){
const _errs125 = errors;
if(typeof data44.label !== "string"){
validate21.errors = [{instancePath:instancePath+"/openTab/label",schemaPath:"#/$defs/OpenTab/properties/label/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid56 = _errs125 === errors;
}
else {
var valid56 = true;
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/openTab",schemaPath:"#/$defs/OpenTab/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid54 = _errs116 === errors;
}
else {
var valid54 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/15/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.openTab = true;
}
}
else if(tag0 === "panel"){
const _errs127 = errors;
if(errors === _errs127){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing28;
if(((data.type === undefined) && (missing28 = "type")) || ((data.panel === undefined) && (missing28 = "panel"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/16/required",keyword:"required",params:{missingProperty: missing28}}];
return false;
}
else {
if(data.type !== undefined){
const _errs129 = errors;
if("panel" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/16/properties/type/const",keyword:"const",params:{allowedValue: "panel"}}];
return false;
}
var valid58 = _errs129 === errors;
}
else {
var valid58 = true;
}
if(valid58){
if(data.panel !== undefined){
let data50 = data.panel;
const _errs130 = errors;
const _errs131 = errors;
if(errors === _errs131){
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
if(data50.show !== undefined){
let data51 = data50.show;
const _errs133 = errors;
if(typeof data51 !== "string"){
validate21.errors = [{instancePath:instancePath+"/panel/show",schemaPath:"#/$defs/PanelChange/properties/show/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((data51 === "shown") || (data51 === "hidden"))){
validate21.errors = [{instancePath:instancePath+"/panel/show",schemaPath:"#/$defs/PanelChange/properties/show/enum",keyword:"enum",params:{allowedValues: schema47.properties.show.enum}}];
return false;
}
var valid60 = _errs133 === errors;
}
else {
var valid60 = true;
}
if(valid60){
if(data50.height !== undefined){
let data52 = data50.height;
const _errs135 = errors;
if(!((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52)))){
validate21.errors = [{instancePath:instancePath+"/panel/height",schemaPath:"#/$defs/PanelChange/properties/height/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs135){
if(typeof data52 == "number"){
if(data52 > 2560 || isNaN(data52)){
validate21.errors = [{instancePath:instancePath+"/panel/height",schemaPath:"#/$defs/PanelChange/properties/height/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2560}}];
return false;
}
else {
if(data52 < 240 || isNaN(data52)){
validate21.errors = [{instancePath:instancePath+"/panel/height",schemaPath:"#/$defs/PanelChange/properties/height/minimum",keyword:"minimum",params:{comparison: ">=", limit: 240}}];
return false;
}
}
}
}
var valid60 = _errs135 === errors;
}
else {
var valid60 = true;
}
if(valid60){
if(data50.width !== undefined){
let data53 = data50.width;
const _errs137 = errors;
if(!((typeof data53 == "number") && (!(data53 % 1) && !isNaN(data53)))){
validate21.errors = [{instancePath:instancePath+"/panel/width",schemaPath:"#/$defs/PanelChange/properties/width/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs137){
if(typeof data53 == "number"){
if(data53 > 1920 || isNaN(data53)){
validate21.errors = [{instancePath:instancePath+"/panel/width",schemaPath:"#/$defs/PanelChange/properties/width/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1920}}];
return false;
}
else {
if(data53 < 200 || isNaN(data53)){
validate21.errors = [{instancePath:instancePath+"/panel/width",schemaPath:"#/$defs/PanelChange/properties/width/minimum",keyword:"minimum",params:{comparison: ">=", limit: 200}}];
return false;
}
}
}
}
var valid60 = _errs137 === errors;
}
else {
var valid60 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/PanelChange/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid58 = _errs130 === errors;
}
else {
var valid58 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/16/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.panel = true;
}
}
else if(tag0 === "phone"){
const _errs139 = errors;
if(errors === _errs139){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing29;
if(((data.type === undefined) && (missing29 = "type")) || ((data.phone === undefined) && (missing29 = "phone"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/17/required",keyword:"required",params:{missingProperty: missing29}}];
return false;
}
else {
if(data.type !== undefined){
const _errs141 = errors;
if("phone" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/17/properties/type/const",keyword:"const",params:{allowedValue: "phone"}}];
return false;
}
var valid62 = _errs141 === errors;
}
else {
var valid62 = true;
}
if(valid62){
if(data.phone !== undefined){
let data55 = data.phone;
const _errs142 = errors;
const _errs143 = errors;
if(errors === _errs143){
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
let missing30;
if(((data55.softphone === undefined) && (missing30 = "softphone")) || ((data55.extension === undefined) && (missing30 = "extension"))){
validate21.errors = [{instancePath:instancePath+"/phone",schemaPath:"#/$defs/Phone/required",keyword:"required",params:{missingProperty: missing30}}];
return false;
}
else {
if(data55.softphone !== undefined){
const _errs145 = errors;
if(typeof data55.softphone !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/phone/softphone",schemaPath:"#/$defs/Phone/properties/softphone/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid64 = _errs145 === errors;
}
else {
var valid64 = true;
}
if(valid64){
if(data55.extension !== undefined){
const _errs147 = errors;
if(typeof data55.extension !== "string"){
validate21.errors = [{instancePath:instancePath+"/phone/extension",schemaPath:"#/$defs/Phone/properties/extension/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid64 = _errs147 === errors;
}
else {
var valid64 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/phone",schemaPath:"#/$defs/Phone/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid62 = _errs142 === errors;
}
else {
var valid62 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/17/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.phone = true;
}
}
else if(tag0 === "question"){
const _errs149 = errors;
if(errors === _errs149){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing31;
if(((data.type === undefined) && (missing31 = "type")) || ((data.question === undefined) && (missing31 = "question"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/18/required",keyword:"required",params:{missingProperty: missing31}}];
return false;
}
else {
if(data.type !== undefined){
const _errs151 = errors;
if("question" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/18/properties/type/const",keyword:"const",params:{allowedValue: "question"}}];
return false;
}
var valid66 = _errs151 === errors;
}
else {
var valid66 = true;
}
if(valid66){
if(data.question !== undefined){
let data59 = data.question;
const _errs152 = errors;
const _errs153 = errors;
if(errors === _errs153){
if(data59 && typeof data59 == "object" && !Array.isArray(data59)){
let missing32;
if(((((data59.title === undefined) && (missing32 = "title")) || ((data59.message === undefined) && (missing32 = "message"))) || ((data59.confirm === undefined) && (missing32 = "confirm"))) || ((data59.cancel === undefined) && (missing32 = "cancel"))){
validate21.errors = [{instancePath:instancePath+"/question",schemaPath:"#/$defs/Question/required",keyword:"required",params:{missingProperty: missing32}}];
return false;
}
else {
if(data59.title !== undefined){
const _errs155 = errors;
if(typeof data59.title !== "string"){
validate21.errors = [{instancePath:instancePath+"/question/title",schemaPath:"#/$defs/Question/properties/title/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid68 = _errs155 === errors;
}
else {
var valid68 = true;
}
if(valid68){
if(data59.message !== undefined){
const _errs157 = errors;
if(typeof data59.message !== "string"){
validate21.errors = [{instancePath:instancePath+"/question/message",schemaPath:"#/$defs/Question/properties/message/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid68 = _errs157 === errors;
}
else {
var valid68 = true;
}
if(valid68){
if(data59.confirm !== undefined){
const _errs159 = errors;
if(typeof data59.confirm !== "string"){
validate21.errors = [{instancePath:instancePath+"/question/confirm",schemaPath:"#/$defs/Question/properties/confirm/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid68 = _errs159 === errors;
}
else {
var valid68 = true;
}
if(valid68){
if(data59.cancel !== undefined){
const _errs161 = errors;
if(typeof data59.cancel !== "string"){
validate21.errors = [{instancePath:instancePath+"/question/cancel",schemaPath:"#/$defs/Question/properties/cancel/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid68 = _errs161 === errors;
}
else {
var valid68 = true;
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/question",schemaPath:"#/$defs/Question/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid66 = _errs152 === errors;
}
else {
var valid66 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/18/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.question = true;
}
}
else if(tag0 === "refresh"){
const _errs163 = errors;
if(errors === _errs163){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing33;
if(((data.type === undefined) && (missing33 = "type")) || ((data.refresh === undefined) && (missing33 = "refresh"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/19/required",keyword:"required",params:{missingProperty: missing33}}];
return false;
}
else {
if(data.type !== undefined){
const _errs165 = errors;
if("refresh" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/19/properties/type/const",keyword:"const",params:{allowedValue: "refresh"}}];
return false;
}
var valid70 = _errs165 === errors;
}
else {
var valid70 = true;
}
if(valid70){
if(data.refresh !== undefined){
let data65 = data.refresh;
const _errs166 = errors;
const _errs167 = errors;
if(errors === _errs167){
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
let missing34;
if((data65.recordId === undefined) && (missing34 = "recordId")){
validate21.errors = [{instancePath:instancePath+"/refresh",schemaPath:"#/$defs/Refresh/required",keyword:"required",params:{missingProperty: missing34}}];
return false;
}
else {
if(data65.recordId !== undefined){
if(typeof data65.recordId !== "string"){
validate21.errors = [{instancePath:instancePath+"/refresh/recordId",schemaPath:"#/$defs/Refresh/properties/recordId/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/refresh",schemaPath:"#/$defs/Refresh/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid70 = _errs166 === errors;
}
else {
var valid70 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/19/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.refresh = true;
}
}
else if(tag0 === "refreshView"){
const _errs171 = errors;
if(errors === _errs171){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing35;
if((data.type === undefined) && (missing35 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/20/required",keyword:"required",params:{missingProperty: missing35}}];
return false;
}
else {
if(data.type !== undefined){
if("refreshView" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/20/properties/type/const",keyword:"const",params:{allowedValue: "refreshView"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/20/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "screenPop"){
const _errs174 = errors;
if(errors === _errs174){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing36;
if(((data.type === undefined) && (missing36 = "type")) || ((data.screenPop === undefined) && (missing36 = "screenPop"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/21/required",keyword:"required",params:{missingProperty: missing36}}];
return false;
}
else {
if(data.type !== undefined){
const _errs176 = errors;
if("screenPop" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/21/properties/type/const",keyword:"const",params:{allowedValue: "screenPop"}}];
return false;
}
var valid76 = _errs176 === errors;
}
else {
var valid76 = true;
}
if(valid76){
if(data.screenPop !== undefined){
let data69 = data.screenPop;
const _errs177 = errors;
const _errs178 = errors;
if(errors === _errs178){
if(data69 && typeof data69 == "object" && !Array.isArray(data69)){
let missing37;
if(((data69.type === undefined) && (missing37 = "type")) || ((data69.params === undefined) && (missing37 = "params"))){
validate21.errors = [{instancePath:instancePath+"/screenPop",schemaPath:"#/$defs/ScreenPop/required",keyword:"required",params:{missingProperty: missing37}}];
return false;
}
else {
if(data69.type !== undefined){
const _errs180 = errors;
if(typeof data69.type !== "string"){
validate21.errors = [{instancePath:instancePath+"/screenPop/type",schemaPath:"#/$defs/ScreenPop/properties/type/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid78 = _errs180 === errors;
}
else {
var valid78 = true;
}
if(valid78){
if(data69.params !== undefined){
let data71 = data69.params;
const _errs182 = errors;
if(!(data71 && typeof data71 == "object" && !Array.isArray(data71))){
validate21.errors = [{instancePath:instancePath+"/screenPop/params",schemaPath:"#/$defs/ScreenPop/properties/params/type",keyword:"type",params:{type: "object"}}];
return false;
}
var valid78 = _errs182 === errors;
}
else {
var valid78 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/screenPop",schemaPath:"#/$defs/ScreenPop/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid76 = _errs177 === errors;
}
else {
var valid76 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/21/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.screenPop = true;
}
}
else if(tag0 === "search"){
const _errs184 = errors;
if(errors === _errs184){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing38;
if(((data.type === undefined) && (missing38 = "type")) || ((data.search === undefined) && (missing38 = "search"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/22/required",keyword:"required",params:{missingProperty: missing38}}];
return false;
}
else {
if(data.type !== undefined){
const _errs186 = errors;
if("search" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/22/properties/type/const",keyword:"const",params:{allowedValue: "search"}}];
return false;
}
var valid80 = _errs186 === errors;
}
else {
var valid80 = true;
}
if(valid80){
if(data.search !== undefined){
let data73 = data.search;
const _errs187 = errors;
const _errs188 = errors;
if(errors === _errs188){
if(data73 && typeof data73 == "object" && !Array.isArray(data73)){
let missing39;
if(((((data73.searchParams === undefined) && (missing39 = "searchParams")) || ((data73.queryParams === undefined) && (missing39 = "queryParams"))) || ((data73.callType === undefined) && (missing39 = "callType"))) || ((data73.deferred === undefined) && (missing39 = "deferred"))){
validate21.errors = [{instancePath:instancePath+"/search",schemaPath:"#/$defs/Search/required",keyword:"required",params:{missingProperty: missing39}}];
return false;
}
else {
if(data73.searchParams !== undefined){
const _errs190 = errors;
if(typeof data73.searchParams !== "string"){
validate21.errors = [{instancePath:instancePath+"/search/searchParams",schemaPath:"#/$defs/Search/properties/searchParams/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid82 = _errs190 === errors;
}
else {
var valid82 = true;
}
if(valid82){
if(data73.queryParams !== undefined){
const _errs192 = errors;
if(typeof data73.queryParams !== "string"){
validate21.errors = [{instancePath:instancePath+"/search/queryParams",schemaPath:"#/$defs/Search/properties/queryParams/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid82 = _errs192 === errors;
}
else {
var valid82 = true;
}
if(valid82){
if(data73.defaultFieldValues !== undefined){
let data76 = data73.defaultFieldValues;
const _errs194 = errors;
if(errors === _errs194){
if(data76 && typeof data76 == "object" && !Array.isArray(data76)){
for(const key0 in data76){
const _errs197 = errors;
if(typeof data76[key0] !== "string"){
validate21.errors = [{instancePath:instancePath+"/search/defaultFieldValues/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Search/properties/defaultFieldValues/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid83 = _errs197 === errors;
if(!valid83){
break;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/search/defaultFieldValues",schemaPath:"#/$defs/Search/properties/defaultFieldValues/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid82 = _errs194 === errors;
}
else {
var valid82 = true;
}
if(valid82){
if(data73.callType !== undefined){
const _errs199 = errors;
if(typeof data73.callType !== "string"){
validate21.errors = [{instancePath:instancePath+"/search/callType",schemaPath:"#/$defs/Search/properties/callType/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid82 = _errs199 === errors;
}
else {
var valid82 = true;
}
if(valid82){
if(data73.deferred !== undefined){
const _errs201 = errors;
if(typeof data73.deferred !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/search/deferred",schemaPath:"#/$defs/Search/properties/deferred/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid82 = _errs201 === errors;
}
else {
var valid82 = true;
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/search",schemaPath:"#/$defs/Search/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid80 = _errs187 === errors;
}
else {
var valid80 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/22/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.search = true;
}
}
else if(tag0 === "setStatus"){
const _errs203 = errors;
if(errors === _errs203){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing40;
if(((data.type === undefined) && (missing40 = "type")) || ((data.setStatus === undefined) && (missing40 = "setStatus"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/23/required",keyword:"required",params:{missingProperty: missing40}}];
return false;
}
else {
if(data.type !== undefined){
const _errs205 = errors;
if("setStatus" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/23/properties/type/const",keyword:"const",params:{allowedValue: "setStatus"}}];
return false;
}
var valid85 = _errs205 === errors;
}
else {
var valid85 = true;
}
if(valid85){
if(data.setStatus !== undefined){
let data81 = data.setStatus;
const _errs206 = errors;
const _errs207 = errors;
if(errors === _errs207){
if(data81 && typeof data81 == "object" && !Array.isArray(data81)){
let missing41;
if((((data81.arn === undefined) && (missing41 = "arn")) || ((data81.name === undefined) && (missing41 = "name"))) || ((data81.routable === undefined) && (missing41 = "routable"))){
validate21.errors = [{instancePath:instancePath+"/setStatus",schemaPath:"#/$defs/SetStatus/required",keyword:"required",params:{missingProperty: missing41}}];
return false;
}
else {
if(data81.arn !== undefined){
const _errs209 = errors;
if(typeof data81.arn !== "string"){
validate21.errors = [{instancePath:instancePath+"/setStatus/arn",schemaPath:"#/$defs/SetStatus/properties/arn/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid87 = _errs209 === errors;
}
else {
var valid87 = true;
}
if(valid87){
if(data81.name !== undefined){
const _errs211 = errors;
if(typeof data81.name !== "string"){
validate21.errors = [{instancePath:instancePath+"/setStatus/name",schemaPath:"#/$defs/SetStatus/properties/name/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid87 = _errs211 === errors;
}
else {
var valid87 = true;
}
if(valid87){
if(data81.routable !== undefined){
const _errs213 = errors;
if(typeof data81.routable !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/setStatus/routable",schemaPath:"#/$defs/SetStatus/properties/routable/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid87 = _errs213 === errors;
}
else {
var valid87 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/setStatus",schemaPath:"#/$defs/SetStatus/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid85 = _errs206 === errors;
}
else {
var valid85 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/23/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.setStatus = true;
}
}
else if(tag0 === "showPanel"){
const _errs215 = errors;
if(errors === _errs215){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing42;
if((data.type === undefined) && (missing42 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/24/required",keyword:"required",params:{missingProperty: missing42}}];
return false;
}
else {
if(data.type !== undefined){
if("showPanel" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/24/properties/type/const",keyword:"const",params:{allowedValue: "showPanel"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/24/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "signOut"){
const _errs218 = errors;
if(errors === _errs218){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing43;
if((data.type === undefined) && (missing43 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/25/required",keyword:"required",params:{missingProperty: missing43}}];
return false;
}
else {
if(data.type !== undefined){
if("signOut" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/25/properties/type/const",keyword:"const",params:{allowedValue: "signOut"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/25/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "softphoneLayout"){
const _errs221 = errors;
if(errors === _errs221){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing44;
if((data.type === undefined) && (missing44 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/26/required",keyword:"required",params:{missingProperty: missing44}}];
return false;
}
else {
if(data.type !== undefined){
if("softphoneLayout" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/26/properties/type/const",keyword:"const",params:{allowedValue: "softphoneLayout"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/26/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "tabs"){
const _errs224 = errors;
if(errors === _errs224){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing45;
if((data.type === undefined) && (missing45 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/27/required",keyword:"required",params:{missingProperty: missing45}}];
return false;
}
else {
if(data.type !== undefined){
if("tabs" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/27/properties/type/const",keyword:"const",params:{allowedValue: "tabs"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/oneOf/27/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate21.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate21.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate39.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.id === undefined) && (missing0 = "id")) || ((data.body === undefined) && (missing0 = "body"))) || ((data.again === undefined) && (missing0 = "again"))){
validate39.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate39.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.body !== undefined){
const _errs3 = errors;
if(!(validate21(data.body, {instancePath:instancePath+"/body",parentData:data,parentDataProperty:"body",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.again !== undefined){
const _errs4 = errors;
if(typeof data.again !== "boolean"){
validate39.errors = [{instancePath:instancePath+"/again",schemaPath:"#/properties/again/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ifRemembered !== undefined){
const _errs6 = errors;
if(typeof data.ifRemembered !== "boolean"){
validate39.errors = [{instancePath:instancePath+"/ifRemembered",schemaPath:"#/properties/ifRemembered/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate39.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate39.errors = vErrors;
return errors === 0;
}
validate39.evaluated = {"props":{"id":true,"body":true,"again":true,"ifRemembered":true},"dynamicProps":false,"dynamicItems":false};

const schema75 = {"properties":{"agent":{"type":"string"},"ccpUrl":{"type":"string"},"settings":{"$ref":"#/$defs/Settings"},"wants":{"items":{"type":"string"},"type":"array"}},"type":"object","required":["agent","ccpUrl","settings","wants"]};
const schema76 = {"properties":{"region":{"type":"string"},"defaultCountry":{"type":"string"},"clickToDial":{"type":"boolean"},"loginUrl":{"type":"string"},"panel":{"$ref":"#/$defs/Panel"},"debugLevel":{"type":"string","enum":["Off","Error","Info","Debug"]},"problems":{"items":{"type":"string"},"type":"array"}},"type":"object","required":["region","defaultCountry","clickToDial"]};
const schema77 = {"properties":{"ringtoneUrl":{"type":"string"},"chatRingtoneUrl":{"type":"string"},"medialess":{"type":"boolean"},"earlyMicrophone":{"type":"boolean"},"audioDevices":{"type":"boolean"},"phoneType":{"type":"boolean"}},"type":"object","required":["medialess","earlyMicrophone","audioDevices","phoneType"]};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.region === undefined) && (missing0 = "region")) || ((data.defaultCountry === undefined) && (missing0 = "defaultCountry"))) || ((data.clickToDial === undefined) && (missing0 = "clickToDial"))){
validate43.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.region !== undefined){
const _errs1 = errors;
if(typeof data.region !== "string"){
validate43.errors = [{instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.defaultCountry !== undefined){
const _errs3 = errors;
if(typeof data.defaultCountry !== "string"){
validate43.errors = [{instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.clickToDial !== undefined){
const _errs5 = errors;
if(typeof data.clickToDial !== "boolean"){
validate43.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/properties/clickToDial/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.loginUrl !== undefined){
const _errs7 = errors;
if(typeof data.loginUrl !== "string"){
validate43.errors = [{instancePath:instancePath+"/loginUrl",schemaPath:"#/properties/loginUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.panel !== undefined){
let data4 = data.panel;
const _errs9 = errors;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((((data4.medialess === undefined) && (missing1 = "medialess")) || ((data4.earlyMicrophone === undefined) && (missing1 = "earlyMicrophone"))) || ((data4.audioDevices === undefined) && (missing1 = "audioDevices"))) || ((data4.phoneType === undefined) && (missing1 = "phoneType"))){
validate43.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data4.ringtoneUrl !== undefined){
const _errs12 = errors;
if(typeof data4.ringtoneUrl !== "string"){
validate43.errors = [{instancePath:instancePath+"/panel/ringtoneUrl",schemaPath:"#/$defs/Panel/properties/ringtoneUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.chatRingtoneUrl !== undefined){
const _errs14 = errors;
if(typeof data4.chatRingtoneUrl !== "string"){
validate43.errors = [{instancePath:instancePath+"/panel/chatRingtoneUrl",schemaPath:"#/$defs/Panel/properties/chatRingtoneUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.medialess !== undefined){
const _errs16 = errors;
if(typeof data4.medialess !== "boolean"){
validate43.errors = [{instancePath:instancePath+"/panel/medialess",schemaPath:"#/$defs/Panel/properties/medialess/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.earlyMicrophone !== undefined){
const _errs18 = errors;
if(typeof data4.earlyMicrophone !== "boolean"){
validate43.errors = [{instancePath:instancePath+"/panel/earlyMicrophone",schemaPath:"#/$defs/Panel/properties/earlyMicrophone/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.audioDevices !== undefined){
const _errs20 = errors;
if(typeof data4.audioDevices !== "boolean"){
validate43.errors = [{instancePath:instancePath+"/panel/audioDevices",schemaPath:"#/$defs/Panel/properties/audioDevices/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.phoneType !== undefined){
const _errs22 = errors;
if(typeof data4.phoneType !== "boolean"){
validate43.errors = [{instancePath:instancePath+"/panel/phoneType",schemaPath:"#/$defs/Panel/properties/phoneType/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.debugLevel !== undefined){
let data11 = data.debugLevel;
const _errs24 = errors;
if(typeof data11 !== "string"){
validate43.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data11 === "Off") || (data11 === "Error")) || (data11 === "Info")) || (data11 === "Debug"))){
validate43.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/enum",keyword:"enum",params:{allowedValues: schema76.properties.debugLevel.enum}}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.problems !== undefined){
let data12 = data.problems;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data12)){
var valid3 = true;
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
const _errs28 = errors;
if(typeof data12[i0] !== "string"){
validate43.errors = [{instancePath:instancePath+"/problems/" + i0,schemaPath:"#/properties/problems/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs28 === errors;
if(!valid3){
break;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/problems",schemaPath:"#/properties/problems/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate43.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate43.errors = vErrors;
return errors === 0;
}
validate43.evaluated = {"props":{"region":true,"defaultCountry":true,"clickToDial":true,"loginUrl":true,"panel":true,"debugLevel":true,"problems":true},"dynamicProps":false,"dynamicItems":false};


function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.agent === undefined) && (missing0 = "agent")) || ((data.ccpUrl === undefined) && (missing0 = "ccpUrl"))) || ((data.settings === undefined) && (missing0 = "settings"))) || ((data.wants === undefined) && (missing0 = "wants"))){
validate42.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.agent !== undefined){
const _errs1 = errors;
if(typeof data.agent !== "string"){
validate42.errors = [{instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ccpUrl !== undefined){
const _errs3 = errors;
if(typeof data.ccpUrl !== "string"){
validate42.errors = [{instancePath:instancePath+"/ccpUrl",schemaPath:"#/properties/ccpUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.settings !== undefined){
const _errs5 = errors;
if(!(validate43(data.settings, {instancePath:instancePath+"/settings",parentData:data,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.wants !== undefined){
let data3 = data.wants;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data3)){
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
const _errs8 = errors;
if(typeof data3[i0] !== "string"){
validate42.errors = [{instancePath:instancePath+"/wants/" + i0,schemaPath:"#/properties/wants/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/wants",schemaPath:"#/properties/wants/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate42.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":{"agent":true,"ccpUrl":true,"settings":true,"wants":true},"dynamicProps":false,"dynamicItems":false};


function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate47.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "ack"){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.type === undefined) && (missing0 = "type")) || ((data.ack === undefined) && (missing0 = "ack"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.type !== undefined){
const _errs4 = errors;
if("ack" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "ack"}}];
return false;
}
var valid2 = _errs4 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.ack !== undefined){
let data1 = data.ack;
const _errs5 = errors;
const _errs6 = errors;
if(errors === _errs6){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if((data1.key === undefined) && (missing1 = "key")){
validate47.errors = [{instancePath:instancePath+"/ack",schemaPath:"#/$defs/Ack/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data1.key !== undefined){
if(typeof data1.key !== "string"){
validate47.errors = [{instancePath:instancePath+"/ack/key",schemaPath:"#/$defs/Ack/properties/key/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/ack",schemaPath:"#/$defs/Ack/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var props0 = {};
props0.type = true;
props0.ack = true;
}
else if(tag0 === "caller"){
const _errs10 = errors;
if(errors === _errs10){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((data.type === undefined) && (missing2 = "type")) || ((data.caller === undefined) && (missing2 = "caller"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data.type !== undefined){
const _errs12 = errors;
if("caller" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "caller"}}];
return false;
}
var valid6 = _errs12 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.caller !== undefined){
const _errs13 = errors;
if(!(validate37(data.caller, {instancePath:instancePath+"/caller",parentData:data,parentDataProperty:"caller",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
var valid6 = _errs13 === errors;
}
else {
var valid6 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.caller = true;
}
}
else if(tag0 === "command"){
const _errs14 = errors;
if(errors === _errs14){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if(((data.type === undefined) && (missing3 = "type")) || ((data.command === undefined) && (missing3 = "command"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data.type !== undefined){
const _errs16 = errors;
if("command" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "command"}}];
return false;
}
var valid8 = _errs16 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.command !== undefined){
const _errs17 = errors;
if(!(validate39(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
errors = vErrors.length;
}
var valid8 = _errs17 === errors;
}
else {
var valid8 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.command = true;
}
}
else if(tag0 === "notice"){
const _errs18 = errors;
if(errors === _errs18){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if(((data.type === undefined) && (missing4 = "type")) || ((data.notice === undefined) && (missing4 = "notice"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: missing4}}];
return false;
}
else {
if(data.type !== undefined){
const _errs20 = errors;
if("notice" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "notice"}}];
return false;
}
var valid10 = _errs20 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.notice !== undefined){
let data8 = data.notice;
const _errs21 = errors;
const _errs22 = errors;
if(errors === _errs22){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing5;
if(((data8.level === undefined) && (missing5 = "level")) || ((data8.text === undefined) && (missing5 = "text"))){
validate47.errors = [{instancePath:instancePath+"/notice",schemaPath:"#/$defs/Notice/required",keyword:"required",params:{missingProperty: missing5}}];
return false;
}
else {
if(data8.level !== undefined){
let data9 = data8.level;
const _errs24 = errors;
if(typeof data9 !== "string"){
validate47.errors = [{instancePath:instancePath+"/notice/level",schemaPath:"#/$defs/Notice/properties/level/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data9 === "info") || (data9 === "warning")) || (data9 === "error"))){
validate47.errors = [{instancePath:instancePath+"/notice/level",schemaPath:"#/$defs/Notice/properties/level/enum",keyword:"enum",params:{allowedValues: schema72.properties.level.enum}}];
return false;
}
var valid12 = _errs24 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data8.text !== undefined){
const _errs26 = errors;
if(typeof data8.text !== "string"){
validate47.errors = [{instancePath:instancePath+"/notice/text",schemaPath:"#/$defs/Notice/properties/text/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid12 = _errs26 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data8.code !== undefined){
const _errs28 = errors;
if(typeof data8.code !== "string"){
validate47.errors = [{instancePath:instancePath+"/notice/code",schemaPath:"#/$defs/Notice/properties/code/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid12 = _errs28 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data8.args !== undefined){
let data12 = data8.args;
const _errs30 = errors;
if(errors === _errs30){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key0 in data12){
const _errs33 = errors;
if(typeof data12[key0] !== "string"){
validate47.errors = [{instancePath:instancePath+"/notice/args/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Notice/properties/args/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid13 = _errs33 === errors;
if(!valid13){
break;
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/notice/args",schemaPath:"#/$defs/Notice/properties/args/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid12 = _errs30 === errors;
}
else {
var valid12 = true;
}
}
}
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/notice",schemaPath:"#/$defs/Notice/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid10 = _errs21 === errors;
}
else {
var valid10 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/3/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.notice = true;
}
}
else if(tag0 === "over"){
const _errs35 = errors;
if(errors === _errs35){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((data.type === undefined) && (missing6 = "type")) || ((data.over === undefined) && (missing6 = "over"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: missing6}}];
return false;
}
else {
if(data.type !== undefined){
const _errs37 = errors;
if("over" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "over"}}];
return false;
}
var valid15 = _errs37 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data.over !== undefined){
let data15 = data.over;
const _errs38 = errors;
const _errs39 = errors;
if(errors === _errs39){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing7;
if((data15.code === undefined) && (missing7 = "code")){
validate47.errors = [{instancePath:instancePath+"/over",schemaPath:"#/$defs/Over/required",keyword:"required",params:{missingProperty: missing7}}];
return false;
}
else {
if(data15.code !== undefined){
if(typeof data15.code !== "string"){
validate47.errors = [{instancePath:instancePath+"/over/code",schemaPath:"#/$defs/Over/properties/code/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/over",schemaPath:"#/$defs/Over/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid15 = _errs38 === errors;
}
else {
var valid15 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/4/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.over = true;
}
}
else if(tag0 === "refusal"){
const _errs43 = errors;
if(errors === _errs43){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing8;
if(((data.type === undefined) && (missing8 = "type")) || ((data.refusal === undefined) && (missing8 = "refusal"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/5/required",keyword:"required",params:{missingProperty: missing8}}];
return false;
}
else {
if(data.type !== undefined){
const _errs45 = errors;
if("refusal" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/5/properties/type/const",keyword:"const",params:{allowedValue: "refusal"}}];
return false;
}
var valid19 = _errs45 === errors;
}
else {
var valid19 = true;
}
if(valid19){
if(data.refusal !== undefined){
let data18 = data.refusal;
const _errs46 = errors;
const _errs47 = errors;
if(errors === _errs47){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing9;
if((((data18.key === undefined) && (missing9 = "key")) || ((data18.reason === undefined) && (missing9 = "reason"))) || ((data18.retryAfter === undefined) && (missing9 = "retryAfter"))){
validate47.errors = [{instancePath:instancePath+"/refusal",schemaPath:"#/$defs/Refusal/required",keyword:"required",params:{missingProperty: missing9}}];
return false;
}
else {
if(data18.key !== undefined){
const _errs49 = errors;
if(typeof data18.key !== "string"){
validate47.errors = [{instancePath:instancePath+"/refusal/key",schemaPath:"#/$defs/Refusal/properties/key/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid21 = _errs49 === errors;
}
else {
var valid21 = true;
}
if(valid21){
if(data18.reason !== undefined){
let data20 = data18.reason;
const _errs51 = errors;
if(typeof data20 !== "string"){
validate47.errors = [{instancePath:instancePath+"/refusal/reason",schemaPath:"#/$defs/Refusal/properties/reason/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data20 === "malformed") || (data20 === "otherAgent")) || (data20 === "tooMany")) || (data20 === "full"))){
validate47.errors = [{instancePath:instancePath+"/refusal/reason",schemaPath:"#/$defs/Refusal/properties/reason/enum",keyword:"enum",params:{allowedValues: schema74.properties.reason.enum}}];
return false;
}
var valid21 = _errs51 === errors;
}
else {
var valid21 = true;
}
if(valid21){
if(data18.retryAfter !== undefined){
let data21 = data18.retryAfter;
const _errs53 = errors;
if(!((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21)))){
validate47.errors = [{instancePath:instancePath+"/refusal/retryAfter",schemaPath:"#/$defs/Refusal/properties/retryAfter/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs53){
if(typeof data21 == "number"){
if(data21 < 0 || isNaN(data21)){
validate47.errors = [{instancePath:instancePath+"/refusal/retryAfter",schemaPath:"#/$defs/Refusal/properties/retryAfter/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid21 = _errs53 === errors;
}
else {
var valid21 = true;
}
}
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/refusal",schemaPath:"#/$defs/Refusal/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid19 = _errs46 === errors;
}
else {
var valid19 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/5/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.refusal = true;
}
}
else if(tag0 === "signedOut"){
const _errs55 = errors;
if(errors === _errs55){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing10;
if((data.type === undefined) && (missing10 = "type")){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/6/required",keyword:"required",params:{missingProperty: missing10}}];
return false;
}
else {
if(data.type !== undefined){
if("signedOut" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/6/properties/type/const",keyword:"const",params:{allowedValue: "signedOut"}}];
return false;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/6/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "welcome"){
const _errs58 = errors;
if(errors === _errs58){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing11;
if(((data.type === undefined) && (missing11 = "type")) || ((data.welcome === undefined) && (missing11 = "welcome"))){
validate47.errors = [{instancePath,schemaPath:"#/oneOf/7/required",keyword:"required",params:{missingProperty: missing11}}];
return false;
}
else {
if(data.type !== undefined){
const _errs60 = errors;
if("welcome" !== data.type){
validate47.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/7/properties/type/const",keyword:"const",params:{allowedValue: "welcome"}}];
return false;
}
var valid25 = _errs60 === errors;
}
else {
var valid25 = true;
}
if(valid25){
if(data.welcome !== undefined){
const _errs61 = errors;
if(!(validate42(data.welcome, {instancePath:instancePath+"/welcome",parentData:data,parentDataProperty:"welcome",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
var valid25 = _errs61 === errors;
}
else {
var valid25 = true;
}
}
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/oneOf/7/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.welcome = true;
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate47.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate47.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate47.evaluated = {"dynamicProps":true,"dynamicItems":false};

export const isResult = validate51;
const schema63 = {"properties":{"id":{"type":"string"},"outcome":{"type":"string","enum":["done","refused","unknown","unable"]},"value":true,"error":{"type":"string"},"code":{"type":"string"},"args":{"additionalProperties":{"type":"string"},"type":"object"}},"type":"object","required":["id","outcome"]};

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate51.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.id === undefined) && (missing0 = "id")) || ((data.outcome === undefined) && (missing0 = "outcome"))){
validate51.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.id !== undefined){
const _errs1 = errors;
if(typeof data.id !== "string"){
validate51.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.outcome !== undefined){
let data1 = data.outcome;
const _errs3 = errors;
if(typeof data1 !== "string"){
validate51.errors = [{instancePath:instancePath+"/outcome",schemaPath:"#/properties/outcome/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data1 === "done") || (data1 === "refused")) || (data1 === "unknown")) || (data1 === "unable"))){
validate51.errors = [{instancePath:instancePath+"/outcome",schemaPath:"#/properties/outcome/enum",keyword:"enum",params:{allowedValues: schema63.properties.outcome.enum}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.error !== undefined){
const _errs5 = errors;
if(typeof data.error !== "string"){
validate51.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
const _errs7 = errors;
if(typeof data.code !== "string"){
validate51.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.args !== undefined){
let data4 = data.args;
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key0 in data4){
const _errs12 = errors;
if(typeof data4[key0] !== "string"){
validate51.errors = [{instancePath:instancePath+"/args/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/args/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid1 = _errs12 === errors;
if(!valid1){
break;
}
}
}
else {
validate51.errors = [{instancePath:instancePath+"/args",schemaPath:"#/properties/args/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate51.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate51.errors = vErrors;
return errors === 0;
}
validate51.evaluated = {"props":{"id":true,"outcome":true,"value":true,"error":true,"code":true,"args":true},"dynamicProps":false,"dynamicItems":false};

export const isSettings = validate52;

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.region === undefined) && (missing0 = "region")) || ((data.defaultCountry === undefined) && (missing0 = "defaultCountry"))) || ((data.clickToDial === undefined) && (missing0 = "clickToDial"))){
validate52.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.region !== undefined){
const _errs1 = errors;
if(typeof data.region !== "string"){
validate52.errors = [{instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.defaultCountry !== undefined){
const _errs3 = errors;
if(typeof data.defaultCountry !== "string"){
validate52.errors = [{instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.clickToDial !== undefined){
const _errs5 = errors;
if(typeof data.clickToDial !== "boolean"){
validate52.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/properties/clickToDial/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.loginUrl !== undefined){
const _errs7 = errors;
if(typeof data.loginUrl !== "string"){
validate52.errors = [{instancePath:instancePath+"/loginUrl",schemaPath:"#/properties/loginUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.panel !== undefined){
let data4 = data.panel;
const _errs9 = errors;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((((data4.medialess === undefined) && (missing1 = "medialess")) || ((data4.earlyMicrophone === undefined) && (missing1 = "earlyMicrophone"))) || ((data4.audioDevices === undefined) && (missing1 = "audioDevices"))) || ((data4.phoneType === undefined) && (missing1 = "phoneType"))){
validate52.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data4.ringtoneUrl !== undefined){
const _errs12 = errors;
if(typeof data4.ringtoneUrl !== "string"){
validate52.errors = [{instancePath:instancePath+"/panel/ringtoneUrl",schemaPath:"#/$defs/Panel/properties/ringtoneUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.chatRingtoneUrl !== undefined){
const _errs14 = errors;
if(typeof data4.chatRingtoneUrl !== "string"){
validate52.errors = [{instancePath:instancePath+"/panel/chatRingtoneUrl",schemaPath:"#/$defs/Panel/properties/chatRingtoneUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.medialess !== undefined){
const _errs16 = errors;
if(typeof data4.medialess !== "boolean"){
validate52.errors = [{instancePath:instancePath+"/panel/medialess",schemaPath:"#/$defs/Panel/properties/medialess/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.earlyMicrophone !== undefined){
const _errs18 = errors;
if(typeof data4.earlyMicrophone !== "boolean"){
validate52.errors = [{instancePath:instancePath+"/panel/earlyMicrophone",schemaPath:"#/$defs/Panel/properties/earlyMicrophone/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.audioDevices !== undefined){
const _errs20 = errors;
if(typeof data4.audioDevices !== "boolean"){
validate52.errors = [{instancePath:instancePath+"/panel/audioDevices",schemaPath:"#/$defs/Panel/properties/audioDevices/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.phoneType !== undefined){
const _errs22 = errors;
if(typeof data4.phoneType !== "boolean"){
validate52.errors = [{instancePath:instancePath+"/panel/phoneType",schemaPath:"#/$defs/Panel/properties/phoneType/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.debugLevel !== undefined){
let data11 = data.debugLevel;
const _errs24 = errors;
if(typeof data11 !== "string"){
validate52.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data11 === "Off") || (data11 === "Error")) || (data11 === "Info")) || (data11 === "Debug"))){
validate52.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/enum",keyword:"enum",params:{allowedValues: schema76.properties.debugLevel.enum}}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.problems !== undefined){
let data12 = data.problems;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data12)){
var valid3 = true;
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
const _errs28 = errors;
if(typeof data12[i0] !== "string"){
validate52.errors = [{instancePath:instancePath+"/problems/" + i0,schemaPath:"#/properties/problems/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs28 === errors;
if(!valid3){
break;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/problems",schemaPath:"#/properties/problems/type",keyword:"type",params:{type: "array"}}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate52.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":{"region":true,"defaultCountry":true,"clickToDial":true,"loginUrl":true,"panel":true,"debugLevel":true,"problems":true},"dynamicProps":false,"dynamicItems":false};
