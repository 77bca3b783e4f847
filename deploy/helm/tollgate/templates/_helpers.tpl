{{- define "tollgate.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "tollgate.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "tollgate.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "tollgate.name" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end }}

{{- define "tollgate.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tollgate.collector" -}}
{{- printf "%s-collector" (include "tollgate.name" . | trunc 53 | trimSuffix "-") -}}
{{- end }}

{{- define "tollgate.collectorSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-collector
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tollgate.labels" -}}
{{ include "tollgate.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "tollgate.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "tollgate.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{- /* of the migration and of the nodes alike */ -}}
{{- define "tollgate.environment" -}}
env:
  - name: ASPNETCORE_HTTP_PORTS
    value: "8080"
  - name: Tollgate__MigrateAtStart
    value: "false"
  {{- range $name, $value := .Values.settings }}
  {{- if $value }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
  {{- end }}
  {{- if .Values.collector.enabled }}
  - name: OTEL_EXPORTER_OTLP_ENDPOINT
    value: http://{{ include "tollgate.collector" . }}:4318
  - name: OTEL_EXPORTER_OTLP_PROTOCOL
    value: http/protobuf
  {{- end }}
  {{- if .Values.keyRingSecret }}
  - name: Tollgate__KeyRing__Certificate
    value: /etc/tollgate/key-ring.pfx
  {{- end }}
envFrom:
  - secretRef:
      name: {{ .Values.existingSecret }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- if .Values.keyRingSecret }}
  - name: key-ring
    mountPath: /etc/tollgate
    readOnly: true
  {{- end }}
{{- end }}

{{- define "tollgate.volumes" -}}
volumes:
  # large requests are kept there while they are read
  - name: tmp
    emptyDir: {}
  {{- if .Values.keyRingSecret }}
  - name: key-ring
    secret:
      secretName: {{ .Values.keyRingSecret }}
  {{- end }}
{{- end }}
