// Generated from adapter/wire by `make generate`. Do not edit.
"use strict";
export const isToPage = validate36;
const schema44 = {"oneOf":[{"properties":{"type":{"const":"ack"},"ack":{"$ref":"#/$defs/Ack"}},"type":"object","required":["type","ack"]},{"properties":{"type":{"const":"command"},"command":{"$ref":"#/$defs/Command"}},"type":"object","required":["type","command"]},{"properties":{"type":{"const":"notice"},"notice":{"$ref":"#/$defs/Notice"}},"type":"object","required":["type","notice"]},{"properties":{"type":{"const":"signedOut"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"welcome"},"welcome":{"$ref":"#/$defs/Welcome"}},"type":"object","required":["type","welcome"]}],"type":"object","discriminator":{"propertyName":"type"}};
const schema38 = {"properties":{"seq":{"type":"integer","minimum":0}},"type":"object","required":["seq"]};
const schema47 = {"properties":{"level":{"type":"string","enum":["info","warning","error"]},"text":{"type":"string"}},"type":"object","required":["level","text"]};
const schema46 = {"properties":{"seq":{"type":"integer"},"id":{"type":"string"},"body":{"$ref":"#/$defs/CommandBody"}},"type":"object","required":["seq","id","body"]};
const schema32 = {"oneOf":[{"properties":{"type":{"const":"clickToDial"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"dial"},"dial":{"$ref":"#/$defs/Dial"}},"type":"object","required":["type","dial"]},{"properties":{"type":{"const":"log"},"log":{"$ref":"#/$defs/LogLine"}},"type":"object","required":["type","log"]},{"properties":{"type":{"const":"refresh"}},"type":"object","required":["type"]},{"properties":{"type":{"const":"screenPop"},"screenPop":{"$ref":"#/$defs/ScreenPop"}},"type":"object","required":["type","screenPop"]},{"properties":{"type":{"const":"searchAndScreenPop"},"searchPop":{"$ref":"#/$defs/SearchPop"}},"type":"object","required":["type","searchPop"]},{"properties":{"type":{"const":"showPanel"}},"type":"object","required":["type"]}],"type":"object","discriminator":{"propertyName":"type"}};
const schema33 = {"properties":{"phoneNumber":{"type":"string"},"queueARN":{"type":"string"}},"type":"object","required":["phoneNumber","queueARN"]};
const schema34 = {"properties":{"level":{"type":"string","enum":["debug","info","warn","error"]},"message":{"type":"string"}},"type":"object","required":["level","message"]};
const schema35 = {"properties":{"recordId":{"type":"string"}},"type":"object","required":["recordId"]};
const schema36 = {"properties":{"searchParams":{"type":"string"},"queryParams":{"type":"string"},"defaultFieldValues":{"additionalProperties":{"type":"string"},"type":"object"},"callType":{"type":"string"},"deferred":{"type":"boolean"}},"type":"object","required":["searchParams","queryParams","callType","deferred"]};

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
if(tag0 === "clickToDial"){
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
if("clickToDial" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "clickToDial"}}];
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
else if(tag0 === "dial"){
const _errs5 = errors;
if(errors === _errs5){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.type === undefined) && (missing1 = "type")) || ((data.dial === undefined) && (missing1 = "dial"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data.type !== undefined){
const _errs7 = errors;
if("dial" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "dial"}}];
return false;
}
var valid4 = _errs7 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.dial !== undefined){
let data2 = data.dial;
const _errs8 = errors;
const _errs9 = errors;
if(errors === _errs9){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing2;
if(((data2.phoneNumber === undefined) && (missing2 = "phoneNumber")) || ((data2.queueARN === undefined) && (missing2 = "queueARN"))){
validate21.errors = [{instancePath:instancePath+"/dial",schemaPath:"#/$defs/Dial/required",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data2.phoneNumber !== undefined){
const _errs11 = errors;
if(typeof data2.phoneNumber !== "string"){
validate21.errors = [{instancePath:instancePath+"/dial/phoneNumber",schemaPath:"#/$defs/Dial/properties/phoneNumber/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid6 = _errs11 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data2.queueARN !== undefined){
const _errs13 = errors;
if(typeof data2.queueARN !== "string"){
validate21.errors = [{instancePath:instancePath+"/dial/queueARN",schemaPath:"#/$defs/Dial/properties/queueARN/type",keyword:"type",params:{type: "string"}}];
return false;
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
validate21.errors = [{instancePath:instancePath+"/dial",schemaPath:"#/$defs/Dial/type",keyword:"type",params:{type: "object"}}];
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
props0.dial = true;
}
}
else if(tag0 === "log"){
const _errs15 = errors;
if(errors === _errs15){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if(((data.type === undefined) && (missing3 = "type")) || ((data.log === undefined) && (missing3 = "log"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data.type !== undefined){
const _errs17 = errors;
if("log" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "log"}}];
return false;
}
var valid8 = _errs17 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.log !== undefined){
let data6 = data.log;
const _errs18 = errors;
const _errs19 = errors;
if(errors === _errs19){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing4;
if(((data6.level === undefined) && (missing4 = "level")) || ((data6.message === undefined) && (missing4 = "message"))){
validate21.errors = [{instancePath:instancePath+"/log",schemaPath:"#/$defs/LogLine/required",keyword:"required",params:{missingProperty: missing4}}];
return false;
}
else {
if(data6.level !== undefined){
let data7 = data6.level;
const _errs21 = errors;
if(typeof data7 !== "string"){
validate21.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/$defs/LogLine/properties/level/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data7 === "debug") || (data7 === "info")) || (data7 === "warn")) || (data7 === "error"))){
validate21.errors = [{instancePath:instancePath+"/log/level",schemaPath:"#/$defs/LogLine/properties/level/enum",keyword:"enum",params:{allowedValues: schema34.properties.level.enum}}];
return false;
}
var valid10 = _errs21 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data6.message !== undefined){
const _errs23 = errors;
if(typeof data6.message !== "string"){
validate21.errors = [{instancePath:instancePath+"/log/message",schemaPath:"#/$defs/LogLine/properties/message/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid10 = _errs23 === errors;
}
else {
var valid10 = true;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/log",schemaPath:"#/$defs/LogLine/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid8 = _errs18 === errors;
}
else {
var valid8 = true;
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
props0.log = true;
}
}
else if(tag0 === "refresh"){
const _errs25 = errors;
if(errors === _errs25){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if((data.type === undefined) && (missing5 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: missing5}}];
return false;
}
else {
if(data.type !== undefined){
if("refresh" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "refresh"}}];
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
else if(tag0 === "screenPop"){
const _errs28 = errors;
if(errors === _errs28){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((data.type === undefined) && (missing6 = "type")) || ((data.screenPop === undefined) && (missing6 = "screenPop"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: missing6}}];
return false;
}
else {
if(data.type !== undefined){
const _errs30 = errors;
if("screenPop" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "screenPop"}}];
return false;
}
var valid14 = _errs30 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data.screenPop !== undefined){
let data11 = data.screenPop;
const _errs31 = errors;
const _errs32 = errors;
if(errors === _errs32){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing7;
if((data11.recordId === undefined) && (missing7 = "recordId")){
validate21.errors = [{instancePath:instancePath+"/screenPop",schemaPath:"#/$defs/ScreenPop/required",keyword:"required",params:{missingProperty: missing7}}];
return false;
}
else {
if(data11.recordId !== undefined){
if(typeof data11.recordId !== "string"){
validate21.errors = [{instancePath:instancePath+"/screenPop/recordId",schemaPath:"#/$defs/ScreenPop/properties/recordId/type",keyword:"type",params:{type: "string"}}];
return false;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/screenPop",schemaPath:"#/$defs/ScreenPop/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid14 = _errs31 === errors;
}
else {
var valid14 = true;
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
props0.screenPop = true;
}
}
else if(tag0 === "searchAndScreenPop"){
const _errs36 = errors;
if(errors === _errs36){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing8;
if(((data.type === undefined) && (missing8 = "type")) || ((data.searchPop === undefined) && (missing8 = "searchPop"))){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/5/required",keyword:"required",params:{missingProperty: missing8}}];
return false;
}
else {
if(data.type !== undefined){
const _errs38 = errors;
if("searchAndScreenPop" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/5/properties/type/const",keyword:"const",params:{allowedValue: "searchAndScreenPop"}}];
return false;
}
var valid18 = _errs38 === errors;
}
else {
var valid18 = true;
}
if(valid18){
if(data.searchPop !== undefined){
let data14 = data.searchPop;
const _errs39 = errors;
const _errs40 = errors;
if(errors === _errs40){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing9;
if(((((data14.searchParams === undefined) && (missing9 = "searchParams")) || ((data14.queryParams === undefined) && (missing9 = "queryParams"))) || ((data14.callType === undefined) && (missing9 = "callType"))) || ((data14.deferred === undefined) && (missing9 = "deferred"))){
validate21.errors = [{instancePath:instancePath+"/searchPop",schemaPath:"#/$defs/SearchPop/required",keyword:"required",params:{missingProperty: missing9}}];
return false;
}
else {
if(data14.searchParams !== undefined){
const _errs42 = errors;
if(typeof data14.searchParams !== "string"){
validate21.errors = [{instancePath:instancePath+"/searchPop/searchParams",schemaPath:"#/$defs/SearchPop/properties/searchParams/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid20 = _errs42 === errors;
}
else {
var valid20 = true;
}
if(valid20){
if(data14.queryParams !== undefined){
const _errs44 = errors;
if(typeof data14.queryParams !== "string"){
validate21.errors = [{instancePath:instancePath+"/searchPop/queryParams",schemaPath:"#/$defs/SearchPop/properties/queryParams/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid20 = _errs44 === errors;
}
else {
var valid20 = true;
}
if(valid20){
if(data14.defaultFieldValues !== undefined){
let data17 = data14.defaultFieldValues;
const _errs46 = errors;
if(errors === _errs46){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key0 in data17){
const _errs49 = errors;
if(typeof data17[key0] !== "string"){
validate21.errors = [{instancePath:instancePath+"/searchPop/defaultFieldValues/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/SearchPop/properties/defaultFieldValues/additionalProperties/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid21 = _errs49 === errors;
if(!valid21){
break;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/searchPop/defaultFieldValues",schemaPath:"#/$defs/SearchPop/properties/defaultFieldValues/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid20 = _errs46 === errors;
}
else {
var valid20 = true;
}
if(valid20){
if(data14.callType !== undefined){
const _errs51 = errors;
if(typeof data14.callType !== "string"){
validate21.errors = [{instancePath:instancePath+"/searchPop/callType",schemaPath:"#/$defs/SearchPop/properties/callType/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid20 = _errs51 === errors;
}
else {
var valid20 = true;
}
if(valid20){
if(data14.deferred !== undefined){
const _errs53 = errors;
if(typeof data14.deferred !== "boolean"){
validate21.errors = [{instancePath:instancePath+"/searchPop/deferred",schemaPath:"#/$defs/SearchPop/properties/deferred/type",keyword:"type",params:{type: "boolean"}}];
return false;
}
var valid20 = _errs53 === errors;
}
else {
var valid20 = true;
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/searchPop",schemaPath:"#/$defs/SearchPop/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var valid18 = _errs39 === errors;
}
else {
var valid18 = true;
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
props0.searchPop = true;
}
}
else if(tag0 === "showPanel"){
const _errs55 = errors;
if(errors === _errs55){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing10;
if((data.type === undefined) && (missing10 = "type")){
validate21.errors = [{instancePath,schemaPath:"#/oneOf/6/required",keyword:"required",params:{missingProperty: missing10}}];
return false;
}
else {
if(data.type !== undefined){
if("showPanel" !== data.type){
validate21.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/6/properties/type/const",keyword:"const",params:{allowedValue: "showPanel"}}];
return false;
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


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.seq === undefined) && (missing0 = "seq")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.body === undefined) && (missing0 = "body"))){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.seq !== undefined){
let data0 = data.seq;
const _errs1 = errors;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
validate28.errors = [{instancePath:instancePath+"/seq",schemaPath:"#/properties/seq/type",keyword:"type",params:{type: "integer"}}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id !== undefined){
const _errs3 = errors;
if(typeof data.id !== "string"){
validate28.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.body !== undefined){
const _errs5 = errors;
if(!(validate21(data.body, {instancePath:instancePath+"/body",parentData:data,parentDataProperty:"body",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":{"seq":true,"id":true,"body":true},"dynamicProps":false,"dynamicItems":false};

const schema48 = {"properties":{"agent":{"type":"string"},"ccpUrl":{"type":"string"},"lastSeq":{"type":"integer","minimum":0},"settings":{"$ref":"#/$defs/Settings"}},"type":"object","required":["agent","ccpUrl","lastSeq","settings"]};
const schema49 = {"properties":{"region":{"type":"string"},"defaultCountry":{"type":"string"},"clickToDial":{"type":"boolean"},"loginUrl":{"type":"string"},"panel":{"$ref":"#/$defs/Panel"},"debugLevel":{"type":"string","enum":["Off","Error","Info","Debug"]},"problems":{"items":{"type":"string"},"type":"array"}},"type":"object","required":["region","defaultCountry","clickToDial"]};
const schema50 = {"properties":{"ringtoneUrl":{"type":"string"},"chatRingtoneUrl":{"type":"string"},"medialess":{"type":"boolean"},"earlyMicrophone":{"type":"boolean"},"audioDevices":{"type":"boolean"},"phoneType":{"type":"boolean"}},"type":"object","required":["medialess","earlyMicrophone","audioDevices","phoneType"]};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
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
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.region !== undefined){
const _errs1 = errors;
if(typeof data.region !== "string"){
validate32.errors = [{instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"}}];
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
validate32.errors = [{instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/type",keyword:"type",params:{type: "string"}}];
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
validate32.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/properties/clickToDial/type",keyword:"type",params:{type: "boolean"}}];
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
validate32.errors = [{instancePath:instancePath+"/loginUrl",schemaPath:"#/properties/loginUrl/type",keyword:"type",params:{type: "string"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data4.ringtoneUrl !== undefined){
const _errs12 = errors;
if(typeof data4.ringtoneUrl !== "string"){
validate32.errors = [{instancePath:instancePath+"/panel/ringtoneUrl",schemaPath:"#/$defs/Panel/properties/ringtoneUrl/type",keyword:"type",params:{type: "string"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel/chatRingtoneUrl",schemaPath:"#/$defs/Panel/properties/chatRingtoneUrl/type",keyword:"type",params:{type: "string"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel/medialess",schemaPath:"#/$defs/Panel/properties/medialess/type",keyword:"type",params:{type: "boolean"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel/earlyMicrophone",schemaPath:"#/$defs/Panel/properties/earlyMicrophone/type",keyword:"type",params:{type: "boolean"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel/audioDevices",schemaPath:"#/$defs/Panel/properties/audioDevices/type",keyword:"type",params:{type: "boolean"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel/phoneType",schemaPath:"#/$defs/Panel/properties/phoneType/type",keyword:"type",params:{type: "boolean"}}];
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
validate32.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/type",keyword:"type",params:{type: "object"}}];
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
validate32.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data11 === "Off") || (data11 === "Error")) || (data11 === "Info")) || (data11 === "Debug"))){
validate32.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/enum",keyword:"enum",params:{allowedValues: schema49.properties.debugLevel.enum}}];
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
validate32.errors = [{instancePath:instancePath+"/problems/" + i0,schemaPath:"#/properties/problems/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs28 === errors;
if(!valid3){
break;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/problems",schemaPath:"#/properties/problems/type",keyword:"type",params:{type: "array"}}];
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
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":{"region":true,"defaultCountry":true,"clickToDial":true,"loginUrl":true,"panel":true,"debugLevel":true,"problems":true},"dynamicProps":false,"dynamicItems":false};


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.agent === undefined) && (missing0 = "agent")) || ((data.ccpUrl === undefined) && (missing0 = "ccpUrl"))) || ((data.lastSeq === undefined) && (missing0 = "lastSeq"))) || ((data.settings === undefined) && (missing0 = "settings"))){
validate31.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.agent !== undefined){
const _errs1 = errors;
if(typeof data.agent !== "string"){
validate31.errors = [{instancePath:instancePath+"/agent",schemaPath:"#/properties/agent/type",keyword:"type",params:{type: "string"}}];
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
validate31.errors = [{instancePath:instancePath+"/ccpUrl",schemaPath:"#/properties/ccpUrl/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lastSeq !== undefined){
let data2 = data.lastSeq;
const _errs5 = errors;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
validate31.errors = [{instancePath:instancePath+"/lastSeq",schemaPath:"#/properties/lastSeq/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs5){
if(typeof data2 == "number"){
if(data2 < 0 || isNaN(data2)){
validate31.errors = [{instancePath:instancePath+"/lastSeq",schemaPath:"#/properties/lastSeq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.settings !== undefined){
const _errs7 = errors;
if(!(validate32(data.settings, {instancePath:instancePath+"/settings",parentData:data,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
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
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":{"agent":true,"ccpUrl":true,"lastSeq":true,"settings":true},"dynamicProps":false,"dynamicItems":false};


function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate36.evaluated;
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
validate36.errors = [{instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.type !== undefined){
const _errs4 = errors;
if("ack" !== data.type){
validate36.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "ack"}}];
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
if((data1.seq === undefined) && (missing1 = "seq")){
validate36.errors = [{instancePath:instancePath+"/ack",schemaPath:"#/$defs/Ack/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data1.seq !== undefined){
let data2 = data1.seq;
const _errs8 = errors;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
validate36.errors = [{instancePath:instancePath+"/ack/seq",schemaPath:"#/$defs/Ack/properties/seq/type",keyword:"type",params:{type: "integer"}}];
return false;
}
if(errors === _errs8){
if(typeof data2 == "number"){
if(data2 < 0 || isNaN(data2)){
validate36.errors = [{instancePath:instancePath+"/ack/seq",schemaPath:"#/$defs/Ack/properties/seq/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}}];
return false;
}
}
}
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/ack",schemaPath:"#/$defs/Ack/type",keyword:"type",params:{type: "object"}}];
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
validate36.errors = [{instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
var props0 = {};
props0.type = true;
props0.ack = true;
}
else if(tag0 === "command"){
const _errs10 = errors;
if(errors === _errs10){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((data.type === undefined) && (missing2 = "type")) || ((data.command === undefined) && (missing2 = "command"))){
validate36.errors = [{instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: missing2}}];
return false;
}
else {
if(data.type !== undefined){
const _errs12 = errors;
if("command" !== data.type){
validate36.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "command"}}];
return false;
}
var valid6 = _errs12 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.command !== undefined){
const _errs13 = errors;
if(!(validate28(data.command, {instancePath:instancePath+"/command",parentData:data,parentDataProperty:"command",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
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
validate36.errors = [{instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"}}];
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
const _errs14 = errors;
if(errors === _errs14){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if(((data.type === undefined) && (missing3 = "type")) || ((data.notice === undefined) && (missing3 = "notice"))){
validate36.errors = [{instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: missing3}}];
return false;
}
else {
if(data.type !== undefined){
const _errs16 = errors;
if("notice" !== data.type){
validate36.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "notice"}}];
return false;
}
var valid8 = _errs16 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.notice !== undefined){
let data6 = data.notice;
const _errs17 = errors;
const _errs18 = errors;
if(errors === _errs18){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing4;
if(((data6.level === undefined) && (missing4 = "level")) || ((data6.text === undefined) && (missing4 = "text"))){
validate36.errors = [{instancePath:instancePath+"/notice",schemaPath:"#/$defs/Notice/required",keyword:"required",params:{missingProperty: missing4}}];
return false;
}
else {
if(data6.level !== undefined){
let data7 = data6.level;
const _errs20 = errors;
if(typeof data7 !== "string"){
validate36.errors = [{instancePath:instancePath+"/notice/level",schemaPath:"#/$defs/Notice/properties/level/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!(((data7 === "info") || (data7 === "warning")) || (data7 === "error"))){
validate36.errors = [{instancePath:instancePath+"/notice/level",schemaPath:"#/$defs/Notice/properties/level/enum",keyword:"enum",params:{allowedValues: schema47.properties.level.enum}}];
return false;
}
var valid10 = _errs20 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data6.text !== undefined){
const _errs22 = errors;
if(typeof data6.text !== "string"){
validate36.errors = [{instancePath:instancePath+"/notice/text",schemaPath:"#/$defs/Notice/properties/text/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid10 = _errs22 === errors;
}
else {
var valid10 = true;
}
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/notice",schemaPath:"#/$defs/Notice/type",keyword:"type",params:{type: "object"}}];
return false;
}
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
validate36.errors = [{instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
props0.notice = true;
}
}
else if(tag0 === "signedOut"){
const _errs24 = errors;
if(errors === _errs24){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if((data.type === undefined) && (missing5 = "type")){
validate36.errors = [{instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: missing5}}];
return false;
}
else {
if(data.type !== undefined){
if("signedOut" !== data.type){
validate36.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "signedOut"}}];
return false;
}
}
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/oneOf/3/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
}
else if(tag0 === "welcome"){
const _errs27 = errors;
if(errors === _errs27){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if(((data.type === undefined) && (missing6 = "type")) || ((data.welcome === undefined) && (missing6 = "welcome"))){
validate36.errors = [{instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: missing6}}];
return false;
}
else {
if(data.type !== undefined){
const _errs29 = errors;
if("welcome" !== data.type){
validate36.errors = [{instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "welcome"}}];
return false;
}
var valid14 = _errs29 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data.welcome !== undefined){
const _errs30 = errors;
if(!(validate31(data.welcome, {instancePath:instancePath+"/welcome",parentData:data,parentDataProperty:"welcome",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
errors = vErrors.length;
}
var valid14 = _errs30 === errors;
}
else {
var valid14 = true;
}
}
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/oneOf/4/type",keyword:"type",params:{type: "object"}}];
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
validate36.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0}}];
return false;
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate36.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate36.evaluated = {"dynamicProps":true,"dynamicItems":false};

export const isResult = validate39;
const schema43 = {"properties":{"id":{"type":"string"},"ok":{"type":"boolean"},"value":true,"error":{"type":"string"}},"type":"object","required":["id","ok"]};

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
if(((data.id === undefined) && (missing0 = "id")) || ((data.ok === undefined) && (missing0 = "ok"))){
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
if(data.ok !== undefined){
const _errs3 = errors;
if(typeof data.ok !== "boolean"){
validate39.errors = [{instancePath:instancePath+"/ok",schemaPath:"#/properties/ok/type",keyword:"type",params:{type: "boolean"}}];
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
validate39.errors = [{instancePath:instancePath+"/error",schemaPath:"#/properties/error/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
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
validate39.evaluated = {"props":{"id":true,"ok":true,"value":true,"error":true},"dynamicProps":false,"dynamicItems":false};

export const isSettings = validate40;

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate40.evaluated;
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
validate40.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0}}];
return false;
}
else {
if(data.region !== undefined){
const _errs1 = errors;
if(typeof data.region !== "string"){
validate40.errors = [{instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"}}];
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
validate40.errors = [{instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/type",keyword:"type",params:{type: "string"}}];
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
validate40.errors = [{instancePath:instancePath+"/clickToDial",schemaPath:"#/properties/clickToDial/type",keyword:"type",params:{type: "boolean"}}];
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
validate40.errors = [{instancePath:instancePath+"/loginUrl",schemaPath:"#/properties/loginUrl/type",keyword:"type",params:{type: "string"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/required",keyword:"required",params:{missingProperty: missing1}}];
return false;
}
else {
if(data4.ringtoneUrl !== undefined){
const _errs12 = errors;
if(typeof data4.ringtoneUrl !== "string"){
validate40.errors = [{instancePath:instancePath+"/panel/ringtoneUrl",schemaPath:"#/$defs/Panel/properties/ringtoneUrl/type",keyword:"type",params:{type: "string"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel/chatRingtoneUrl",schemaPath:"#/$defs/Panel/properties/chatRingtoneUrl/type",keyword:"type",params:{type: "string"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel/medialess",schemaPath:"#/$defs/Panel/properties/medialess/type",keyword:"type",params:{type: "boolean"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel/earlyMicrophone",schemaPath:"#/$defs/Panel/properties/earlyMicrophone/type",keyword:"type",params:{type: "boolean"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel/audioDevices",schemaPath:"#/$defs/Panel/properties/audioDevices/type",keyword:"type",params:{type: "boolean"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel/phoneType",schemaPath:"#/$defs/Panel/properties/phoneType/type",keyword:"type",params:{type: "boolean"}}];
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
validate40.errors = [{instancePath:instancePath+"/panel",schemaPath:"#/$defs/Panel/type",keyword:"type",params:{type: "object"}}];
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
validate40.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/type",keyword:"type",params:{type: "string"}}];
return false;
}
if(!((((data11 === "Off") || (data11 === "Error")) || (data11 === "Info")) || (data11 === "Debug"))){
validate40.errors = [{instancePath:instancePath+"/debugLevel",schemaPath:"#/properties/debugLevel/enum",keyword:"enum",params:{allowedValues: schema49.properties.debugLevel.enum}}];
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
validate40.errors = [{instancePath:instancePath+"/problems/" + i0,schemaPath:"#/properties/problems/items/type",keyword:"type",params:{type: "string"}}];
return false;
}
var valid3 = _errs28 === errors;
if(!valid3){
break;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/problems",schemaPath:"#/properties/problems/type",keyword:"type",params:{type: "array"}}];
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
validate40.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}}];
return false;
}
}
validate40.errors = vErrors;
return errors === 0;
}
validate40.evaluated = {"props":{"region":true,"defaultCountry":true,"clickToDial":true,"loginUrl":true,"panel":true,"debugLevel":true,"problems":true},"dynamicProps":false,"dynamicItems":false};
